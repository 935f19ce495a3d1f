/* A libmodbus server over TCP for many clients: answers reads for units 1..UNITS from 65,536 registers of each kind.
   Each line on its standard input is answered with what it served so far; the end of its input ends it.
   Usage: modbus-server ADDRESS PORT UNITS fixed|changing */
#include <errno.h>
#include <modbus/modbus.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REGISTERS = 65536, BACKLOG = 16 };

static unsigned long long requests, registers;

/* Register pairs are binary32 values of ordinary size; their low words count, so that every read gives a value that nobody had before. */
static void change(uint16_t *table, int address, int count)
{
    for (int i = address | 1; i < address + count; i += 2) {
        table[i] += 257;
    }
}

static void fill(uint16_t *table)
{
    for (int i = 0; i < REGISTERS; i++) {
        table[i] = i % 2 == 0 ? 0x4120 + (i / 2) % 512 : i;
    }
}

static void serve(modbus_t *bus, modbus_mapping_t *map, int units, int changing)
{
    uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
    int length = modbus_receive(bus, query);
    if (length <= 0) {
        int client = modbus_get_socket(bus);
        if (length < 0) {
            close(client);
            modbus_set_socket(bus, -1);
        }
        return;
    }

    int header = modbus_get_header_length(bus);
    int unit = query[header - 1], function = query[header];
    int address = (query[header + 1] << 8) + query[header + 2], count = (query[header + 3] << 8) + query[header + 4];
    if (unit < 1 || unit > units) {
        modbus_reply_exception(bus, query, MODBUS_EXCEPTION_GATEWAY_TARGET);
        return;
    }

    if (changing && address + count <= REGISTERS) {
        change(function == 4 ? map->tab_input_registers : map->tab_registers, address, count);
    }
    requests++;
    registers += count;
    modbus_reply(bus, query, length, map);
}

static int answer_owner(void)
{
    char line[16];
    if (read(STDIN_FILENO, line, sizeof line) <= 0) {
        return 0;
    }
    printf("%llu %llu\n", requests, registers);
    fflush(stdout);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "Usage: modbus-server ADDRESS PORT UNITS fixed|changing\n");
        return 2;
    }

    int units = atoi(argv[3]), changing = strcmp(argv[4], "changing") == 0;
    modbus_t *bus = modbus_new_tcp(argv[1], atoi(argv[2]));
    modbus_mapping_t *map = modbus_mapping_new(REGISTERS, REGISTERS, REGISTERS, REGISTERS);
    int listener = bus == NULL || map == NULL ? -1 : modbus_tcp_listen(bus, BACKLOG);
    if (listener < 0) {
        fprintf(stderr, "modbus-server: %s:%s: %s\n", argv[1], argv[2], modbus_strerror(errno));
        return 1;
    }

    fill(map->tab_registers);
    fill(map->tab_input_registers);
    puts("ready");
    fflush(stdout);
    fd_set open;
    FD_ZERO(&open);
    FD_SET(STDIN_FILENO, &open);
    FD_SET(listener, &open);
    int last = listener;
    while (1) {
        fd_set readable = open;
        if (select(last + 1, &readable, NULL, NULL, NULL) < 0) {
            return 1;
        }

        if (FD_ISSET(STDIN_FILENO, &readable) && !answer_owner()) {
            return 0;
        }

        for (int fd = STDERR_FILENO + 1; fd <= last; fd++) {
            if (!FD_ISSET(fd, &readable)) {
                continue;
            }

            if (fd == listener) {
                int client = modbus_tcp_accept(bus, &listener);
                if (client >= 0) {
                    /* Replies to requests that came together must not wait for the acknowledgement of the first. */
                    int yes = 1;
                    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                    FD_SET(client, &open);
                    last = client > last ? client : last;
                }
                continue;
            }

            modbus_set_socket(bus, fd);
            serve(bus, map, units, changing);
            if (modbus_get_socket(bus) < 0) {
                FD_CLR(fd, &open);
            }
        }
    }
}
