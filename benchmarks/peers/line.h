/* One direction of a wire: bytes go in at once and come out no sooner than a delay after they went in, and no faster than one in every so many
   nanoseconds. Neither limits the other: with a delay alone any number of bytes is under way at once. */
#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { LINE_CAPACITY = 1 << 18 };

struct line {
    int from, to;
    int64_t delay, spacing;
    int64_t last;
    uint32_t head, tail;
    uint8_t bytes[LINE_CAPACITY];
    int64_t due[LINE_CAPACITY];
};

static int64_t line_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* Takes in what is there. Returns 0 when the other side is gone. */
static int line_take(struct line *line)
{
    uint8_t chunk[4096];
    if (line->tail - line->head > LINE_CAPACITY - sizeof chunk) {
        return 1;
    }

    ssize_t length = read(line->from, chunk, sizeof chunk);
    if (length <= 0) {
        return length < 0 && (errno == EAGAIN || errno == EINTR);
    }

    int64_t now = line_now();
    for (ssize_t i = 0; i < length; i++) {
        int64_t start = line->last > now ? line->last : now;
        line->last = start + line->spacing;
        line->bytes[line->tail % LINE_CAPACITY] = chunk[i];
        line->due[line->tail % LINE_CAPACITY] = line->last + line->delay;
        line->tail++;
    }
    return 1;
}

/* Gives out what is due, in one piece. Returns 0 when the other side is gone. */
static int line_give(struct line *line)
{
    uint8_t chunk[4096];
    size_t length = 0;
    int64_t now = line_now();
    while (line->head != line->tail && length < sizeof chunk && line->due[line->head % LINE_CAPACITY] <= now) {
        chunk[length++] = line->bytes[line->head++ % LINE_CAPACITY];
    }
    for (size_t done = 0; done < length;) {
        ssize_t written = write(line->to, chunk + done, length - done);
        if (written < 0) {
            return 0;
        }
        done += written;
    }
    return 1;
}

/* A wire does not wait for a processor: ahead of every other program where that is allowed. */
static void line_be_punctual(void)
{
    struct sched_param first = { .sched_priority = 10 };
    sched_setscheduler(0, SCHED_FIFO, &first);
    prctl(PR_SET_TIMERSLACK, 1);
}

/* Runs both directions until a side is gone. */
static void line_run(struct line *out, struct line *back)
{
    line_be_punctual();
    struct line *lines[] = { out, back };
    while (1) {
        int64_t next = INT64_MAX;
        struct pollfd waits[2];
        for (int i = 0; i < 2; i++) {
            if (lines[i]->head != lines[i]->tail && lines[i]->due[lines[i]->head % LINE_CAPACITY] < next) {
                next = lines[i]->due[lines[i]->head % LINE_CAPACITY];
            }
            waits[i] = (struct pollfd){ .fd = lines[i]->from, .events = POLLIN };
        }

        int64_t left = next == INT64_MAX ? 1000000000LL : next - line_now();
        struct timespec limit = { .tv_sec = left > 0 ? left / 1000000000LL : 0, .tv_nsec = left > 0 ? left % 1000000000LL : 0 };
        ppoll(waits, 2, &limit, NULL);
        for (int i = 0; i < 2; i++) {
            if ((waits[i].revents != 0 && !line_take(lines[i])) || !line_give(lines[i])) {
                return;
            }
        }
    }
}
