/** A real OpenID provider, run by the tests: npm `oidc-provider` with its own pages to sign in. */
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from './server.mjs';

export const CLIENT_ID = 'machiaruki';
export const CLIENT_SECRET = 'a-secret-of-the-tests-alone';

/**
 * A provider for a service at `service`, with people by the names under which they sign in and their claims:
 * `{ sample: { employee_number: '900101' } }`. Any password is right.
 */
export async function startProvider(service, people) {
  const port = await freePort();
  // Another site than the service's 127.0.0.1, as a provider is: cookies have to survive the way there and back.
  const url = `http://localhost:${port}`;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [`${service}/auth/oidc/callback`],
        post_logout_redirect_uris: [`${service}/sign-in`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    findAccount: (_, id) =>
      people[id] && { accountId: id, claims: () => ({ sub: `subject-of-${id}`, ...people[id] }) },
    // As most providers do: the ID token holds little, the rest is told at the user info endpoint.
    claims: { openid: ['sub'], profile: ['name', 'employee_number'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    cookies: { keys: ['of the tests alone'] },
    ttl: { Session: 3600, Interaction: 3600, Grant: 3600, AccessToken: 60, AuthorizationCode: 60, IdToken: 300 },
  });
  const server = createServer(provider.callback());
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  return {
    url,
    options: [
      ['--public-url', service],
      ['--oidc-issuer', url],
      ['--oidc-client-id', CLIENT_ID],
      ['--oidc-client-secret', CLIENT_SECRET],
      ['--oidc-name', '見本シングルサインオン'],
    ].flat(),
    stop: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}
