/* A disk that keeps only what was synchronised, for one process and its children: preloaded by tests/durability/power.rs.
 *
 * Every fsync and fdatasync of a file below $POWERCUT_LIVE copies that file, as it is now, to the same place below
 * $POWERCUT_KEPT. When the power is cut (the file $POWERCUT_KEPT/.cut appears) nothing is copied any more: what is there is what
 * a disk would hold. A lock makes the cut fall between two synchronisations, never into one.
 *
 * With $POWERCUT_DEAF_TO set, files whose names end so are never copied: a database that does not synchronise them at each
 * commit (SQLite with synchronous=NORMAL and its -wal) looks exactly like that. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PATH_SIZE (2 * PATH_MAX)

/* Below the live folder: the rest of the path, which begins with a slash. Otherwise null. */
static const char *below_live(const char *path) {
    const char *live = getenv("POWERCUT_LIVE");
    size_t length = live ? strlen(live) : 0;
    if (length == 0 || strncmp(path, live, length) != 0 || path[length] != '/') return NULL;
    return path + length;
}

/* PostgreSQL names its files from within its folder. */
static const char *absolute(const char *path, char *out) {
    if (path[0] == '/') return path;
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here)) return path;
    snprintf(out, PATH_SIZE, "%s/%s", here, path);
    return out;
}

static void kept_path(char *out, const char *rest) {
    snprintf(out, PATH_SIZE, "%s%s", getenv("POWERCUT_KEPT"), rest);
}

static int is_deaf_to(const char *path) {
    const char *end = getenv("POWERCUT_DEAF_TO");
    size_t length = strlen(path), of = end ? strlen(end) : 0;
    return of > 0 && length >= of && strcmp(path + length - of, end) == 0;
}

static int lock(void) {
    char path[PATH_SIZE];
    kept_path(path, "/.lock");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd >= 0) flock(fd, LOCK_EX);
    return fd;
}

static void unlock(int fd) {
    if (fd >= 0) close(fd);
}

static int is_cut(void) {
    char path[PATH_SIZE];
    kept_path(path, "/.cut");
    return access(path, F_OK) == 0;
}

static void make_folders(char *path) {
    for (char *at = path + 1; (at = strchr(at, '/')); at++) {
        *at = 0;
        mkdir(path, 0777);
        *at = '/';
    }
}

/* Copies by way of another name: a process that is killed leaves no half of a file. */
static void copy(const char *from, const char *rest) {
    char to[PATH_SIZE], by[PATH_SIZE], name[64], bytes[1 << 16];
    kept_path(to, rest);
    snprintf(name, sizeof name, "/.by-%ld", (long)syscall(SYS_gettid));
    kept_path(by, name);
    make_folders(to);
    int in = open(from, O_RDONLY | O_CLOEXEC), out = open(by, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ssize_t count = -1;
    while (in >= 0 && out >= 0 && (count = read(in, bytes, sizeof bytes)) > 0)
        if (write(out, bytes, (size_t)count) != count) { count = -1; break; }
    if (in >= 0) close(in);
    if (out >= 0) close(out);
    if (count != 0 || rename(by, to) != 0) abort(); /* a disk that does not do this proves nothing */
}

/* Whether the file was one of the live ones, and is synchronised now. */
static int synchronised(int fd) {
    char link[64], path[PATH_SIZE];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    const char *rest = below_live(path);
    struct stat status;
    if (!rest || fstat(fd, &status) != 0) return 0;
    if (!S_ISREG(status.st_mode) || status.st_nlink == 0 || is_deaf_to(path)) return 1;
    int locked = lock();
    if (!is_cut()) copy(path, rest);
    unlock(locked);
    return 1;
}

int fsync(int fd) {
    if (synchronised(fd)) return 0;
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
}

int fdatasync(int fd) {
    if (synchronised(fd)) return 0;
    return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd);
}

int unlink(const char *path) {
    char space[PATH_SIZE];
    const char *rest = below_live(absolute(path, space));
    int (*real)(const char *) = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
    if (!rest) return real(path);
    char to[PATH_SIZE];
    kept_path(to, rest);
    int locked = lock(), result = real(path), why = errno;
    if (result == 0 && !is_cut()) real(to);
    unlock(locked);
    errno = why;
    return result;
}

int rename(const char *from, const char *to) {
    char from_space[PATH_SIZE], to_space[PATH_SIZE], kept_from[PATH_SIZE], kept_to[PATH_SIZE];
    const char *rest_from = below_live(absolute(from, from_space)), *rest_to = below_live(absolute(to, to_space));
    int (*real)(const char *, const char *) = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
    if (!rest_from || !rest_to) return real(from, to);
    kept_path(kept_from, rest_from);
    kept_path(kept_to, rest_to);
    int locked = lock(), result = real(from, to), why = errno;
    if (result == 0 && !is_cut()) real(kept_from, kept_to);
    unlock(locked);
    errno = why;
    return result;
}
