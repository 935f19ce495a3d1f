/* A serial line of two pseudo terminals: what is written to one comes out of the other, one byte in every so many nanoseconds.
   Prints the names of both ends.
   Usage: pty-pacer NANOSECONDS_A_BYTE */
#include "line.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>

/* Keeps the far end open itself, so that a program that closes it does not end the line. */
static int terminal(char *name, size_t size)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0 || ptsname_r(master, name, size) != 0) {
        return -1;
    }

    int far = open(name, O_RDWR | O_NOCTTY);
    struct termios settings;
    if (far < 0 || tcgetattr(far, &settings) < 0) {
        return -1;
    }

    cfmakeraw(&settings);
    return tcsetattr(far, TCSANOW, &settings) < 0 ? -1 : master;
}

int main(int argc, char **argv)
{
    static struct line out, back;
    char first[64], second[64];
    int one = terminal(first, sizeof first), other = terminal(second, sizeof second);
    if (argc != 2 || one < 0 || other < 0) {
        perror("pty-pacer");
        return 1;
    }

    printf("%s %s\n", first, second);
    fflush(stdout);
    int64_t spacing = atoll(argv[1]);
    out = (struct line){ .from = one, .to = other, .spacing = spacing };
    back = (struct line){ .from = other, .to = one, .spacing = spacing };
    line_run(&out, &back);
    return 0;
}
