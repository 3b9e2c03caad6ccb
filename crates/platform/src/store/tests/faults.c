/* A disk that fails, for the tests of the store.
 *
 * Loaded before libc (LD_PRELOAD), it stands between SQLite and the kernel. The file named by
 * STORE_FAULTS says what happens to files of SQLite now:
 *   none              everything works
 *   enospc            no write finds space
 *   eio-write         every write fails
 *   eio-sync          every fsync fails
 *   die COUNT SEED    the power goes at the COUNTth write or fsync: the write in hand is torn, of
 *                     all that was never synced each sector is kept or lost by chance, and the
 *                     process is killed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512, PATH_LENGTH = 512 };

/* What stood where something was written and not yet synced. */
struct unsynced {
    struct unsynced *older;
    dev_t device;
    ino_t inode;
    char path[PATH_LENGTH];
    off_t at;
    size_t length;
    char before[];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct unsynced *newest;
static long countdown = -1;
static unsigned int chance;

static int is_of_sqlite(int file, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_LENGTH - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return strstr(path, ".sqlite") && !strstr(path, "-shm");
}

static void read_mode(char *mode, size_t size) {
    mode[0] = 0;
    const char *control = getenv("STORE_FAULTS");
    int file = control ? open(control, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    ssize_t length = read(file, mode, size - 1);
    mode[length > 0 ? length : 0] = 0;
    close(file);
}

static ssize_t write_at(int file, const void *bytes, size_t length, off_t at) {
    static ssize_t (*next)(int, const void *, size_t, off_t);
    if (!next) next = dlsym(RTLD_NEXT, "pwrite64");
    return next(file, bytes, length, at);
}

static void remember(int file, const char *path, size_t length, off_t at) {
    struct stat now;
    if (fstat(file, &now)) return;
    struct unsynced *one = calloc(1, sizeof *one + length);
    int reader = open(path, O_RDONLY | O_CLOEXEC);
    if (!one || reader < 0) abort();
    if (pread(reader, one->before, length, at) < 0) abort();
    close(reader);
    one->device = now.st_dev;
    one->inode = now.st_ino;
    snprintf(one->path, sizeof one->path, "%s", path);
    one->at = at;
    one->length = length;
    one->older = newest;
    newest = one;
}

static void forget(int file) {
    struct stat now;
    if (fstat(file, &now)) return;
    for (struct unsynced **link = &newest; *link;) {
        struct unsynced *one = *link;
        if (one->device == now.st_dev && one->inode == now.st_ino) {
            *link = one->older;
            free(one);
        } else {
            link = &one->older;
        }
    }
}

static void lose_power(void) {
    for (struct unsynced *one = newest; one; one = one->older) {
        int file = open(one->path, O_WRONLY | O_CLOEXEC);
        for (size_t at = 0; file >= 0 && at < one->length; at += SECTOR) {
            size_t length = one->length - at < SECTOR ? one->length - at : SECTOR;
            if (rand_r(&chance) % 2) write_at(file, one->before + at, length, one->at + (off_t)at);
        }
        if (file >= 0) close(file);
    }
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* True when the power goes at this call. */
static int is_the_end(const char *mode) {
    long count;
    unsigned int seed;
    if (countdown < 0 && sscanf(mode, "die %ld %u", &count, &seed) == 2) {
        countdown = count;
        chance = seed;
    }
    return countdown > 0 && --countdown == 0;
}

static int fails(const char *mode, const char *of) {
    if (!strncmp(mode, "enospc", 6) && strcmp(of, "sync")) {
        errno = ENOSPC;
        return 1;
    }
    if (!strncmp(mode, "eio-", 4) && !strncmp(mode + 4, of, strlen(of))) {
        errno = EIO;
        return 1;
    }
    return 0;
}

static ssize_t faulty_write(int file, const char *path, const void *bytes, size_t length, off_t at) {
    char mode[64];
    read_mode(mode, sizeof mode);
    if (fails(mode, "write")) return -1;
    if (strncmp(mode, "die", 3)) return write_at(file, bytes, length, at);
    pthread_mutex_lock(&lock);
    remember(file, path, length, at);
    int end = is_the_end(mode);
    if (end) length = rand_r(&chance) % (length / SECTOR + 1) * SECTOR;
    ssize_t written = write_at(file, bytes, length, at);
    if (end) lose_power();
    pthread_mutex_unlock(&lock);
    return written;
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off_t at) {
    char path[PATH_LENGTH];
    if (!is_of_sqlite(file, path)) return write_at(file, bytes, length, at);
    return faulty_write(file, path, bytes, length, at);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) {
    return pwrite64(file, bytes, length, at);
}

ssize_t write(int file, const void *bytes, size_t length) {
    static ssize_t (*next)(int, const void *, size_t);
    if (!next) next = dlsym(RTLD_NEXT, "write");
    char path[PATH_LENGTH];
    if (!is_of_sqlite(file, path)) return next(file, bytes, length);
    off_t at = lseek(file, 0, SEEK_CUR);
    ssize_t written = faulty_write(file, path, bytes, length, at);
    if (written > 0) lseek(file, at + written, SEEK_SET);
    return written;
}

static int faulty_sync(int file, const char *name) {
    int (*next)(int) = dlsym(RTLD_NEXT, name);
    char path[PATH_LENGTH], mode[64];
    if (!is_of_sqlite(file, path)) return next(file);
    read_mode(mode, sizeof mode);
    if (fails(mode, "sync")) return -1;
    if (strncmp(mode, "die", 3)) return next(file);
    pthread_mutex_lock(&lock);
    if (is_the_end(mode)) lose_power();
    int done = next(file);
    forget(file);
    pthread_mutex_unlock(&lock);
    return done;
}

int fsync(int file) { return faulty_sync(file, "fsync"); }
int fdatasync(int file) { return faulty_sync(file, "fdatasync"); }
