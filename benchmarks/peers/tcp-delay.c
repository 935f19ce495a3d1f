/* A relay that delays each direction of each TCP connection, and limits nothing else.
   Usage: tcp-delay ADDRESS PORT TARGET_PORT MICROSECONDS_EACH_WAY */
#include "line.h"
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

static struct sockaddr_in address_of(const char *host, const char *port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(port)) };
    inet_pton(AF_INET, host, &address.sin_addr);
    return address;
}

static void relay(int client, struct sockaddr_in target, int64_t delay)
{
    static struct line out, back;
    int yes = 1, server = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(server, (struct sockaddr *)&target, sizeof target) < 0) {
        return;
    }

    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    out = (struct line){ .from = client, .to = server, .delay = delay };
    back = (struct line){ .from = server, .to = client, .delay = delay };
    line_run(&out, &back);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "Usage: tcp-delay ADDRESS PORT TARGET_PORT MICROSECONDS_EACH_WAY\n");
        return 2;
    }

    signal(SIGCHLD, SIG_IGN);
    struct sockaddr_in here = address_of(argv[1], argv[2]), target = address_of(argv[1], argv[3]);
    int yes = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 16) < 0) {
        perror("tcp-delay");
        return 1;
    }

    puts("ready");
    fflush(stdout);
    while (1) {
        int client = accept(listener, NULL, NULL);
        if (client >= 0 && fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGTERM);
            relay(client, target, atoll(argv[4]) * 1000);
            return 0;
        }
        close(client);
    }
}
