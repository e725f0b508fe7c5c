/** The texts of the questions before and after a training in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'survey.before': 'Questions before',
  'survey.after': 'Questions after',
  'survey.count': '{count} questions, voluntary',
  'survey.answered': 'Answered',
  'survey.waiting': 'Not sent yet',
  'survey.not_answered': 'Not answered',
  'survey.purpose':
    'We ask how what you know of the town, and feel for it, changes by walking, so that routes and training get better.',
  'survey.voluntary':
    'Answering is up to you. Not answering changes nothing for your training, nor for how you are assessed. Leave any question at “No answer”.',
  'survey.who_sees':
    'Neither HR nor administrators are shown your answers. HR, managers and trainers see figures of five people or more, and nothing else. You can look at your answers until {until}; after that, nobody can tell whose they are.',
  'survey.scale': 'From 1 (not at all true of me) to 5 (very true of me)',
  'survey.least': '1 not at all',
  'survey.most': '5 very much',
  'survey.none': 'No answer',
  'survey.send': 'Send answers',
  'survey.send_again': 'Change answers',
  'survey.again':
    'You can answer again until {until}, as often as you like. Only the last answers stay.',
  'survey.again_before':
    'You can answer again until you begin to walk, as often as you like. Only the last answers stay.',
  'survey.kept': 'Your answers are kept on this device and go when there is a network.',
  'survey.sent': 'Your answers were sent. Thank you.',
  'survey.send_failed': 'Your answers could not be sent.',
  'survey.too_late':
    'These questions are for those who have not begun to walk. You have, so there is nothing to answer. Please go on with your training.',
  'survey.too_late_answered':
    'You have begun to walk, so your answers before it stay as they are. Once you have completed the training, we ask you again.',
  'survey.closed': 'The answers of this fiscal year are closed.',
  'survey.failed': 'The questions could not be loaded.',
  'survey.offline':
    'There is no network, so your training cannot be shown. The questions can be answered without one.',
  'survey.offline_none': 'There is no network, so your training cannot be shown.',
  'survey.cannot_keep':
    'This browser cannot keep answers without a network. Please answer when there is one.',

  'questions.title': 'Questions before and after',
  'questions.lead':
    'The same questions before people walk and after they completed it (from 1 to 5, ten at most, answered voluntarily). Once the year is open they are frozen. Not even HR is shown who answered what.',
  'questions.none': 'Nothing is asked.',
  'questions.usual': 'Put in the usual questions',
  'questions.usual_failed': 'The usual questions could not be loaded.',
  'questions.add': 'Add a question',
  'questions.one': 'Question {number}',
  'questions.about': 'About',
  'questions.knowledge': 'Knowledge',
  'questions.attachment': 'Attachment',
  'questions.ja': 'Question {number} (Japanese)',
  'questions.en': 'Question {number} (English)',
  'questions.easy': 'Question {number} (plain Japanese)',
  'questions.help': 'A sentence that is more or less true of somebody: “I can …”, “I feel …”.',
  'questions.up': 'Move question {number} up',
  'questions.down': 'Move question {number} down',
  'questions.remove': 'Remove question {number}',
  'questions.removed': 'The question was removed.',
  'questions.words': '{count} (knowledge {knowledge}, attachment {attachment})',
  'questions.words_none': 'None',

  'change.title': 'Change before and after',
  'change.failed': 'The change could not be loaded.',
  'change.none': 'This programme asks no questions before and after.',
  'change.no_programme': 'No programme is open in this fiscal year.',
  'change.lead':
    'Means of those who answered before and after (pairs), from 1 to 5. Figures of the whole ward alone; nobody’s own answers are shown. They are shown from {count} pairs on, and renewed once a day when at least {count} more came in.',
  'change.limits':
    'Answering is voluntary, and people choose their routes. Those who answered may differ from those who did not, and walkers of one route from those of another. Not all of the change need come from the training.',
  'change.too_few':
    'Not shown yet: fewer than {count} pairs. The day after {count} people have answered both times, figures appear here.',
  'change.topic_knowledge': 'Change of knowledge',
  'change.topic_attachment': 'Change of attachment',
  'change.by_question': 'By question',
  'change.by_route': 'By route (the largest change first)',
  'change.routes_few':
    'No route can be shown yet. A route is shown when at least {count} pairs walked it, and nobody can tell the answers of those who did not.',
  'change.routes_note':
    'Routes with few pairs come out large by luck more often, so their order is drawn towards the mean of all. The figures shown are the plain means of the answers.',
  'change.all': 'Everybody',
  'change.question': 'Question',
  'change.route': 'Route',
  'change.pairs': 'Pairs',
  'change.mean_before': 'Before',
  'change.mean_after': 'After',
  'change.change': 'Change',
  'change.range': '95 % interval',
  'change.range_value': '{low} to {high}',
  'change.as_of': 'As of {count} pairs',
  'change.hidden': 'fewer than {count} pairs yet',
  'change.year': 'Fiscal year',
  'change.programme': 'Programme',
  'change.for_routes': 'Which routes change most (questions before and after)',
};
