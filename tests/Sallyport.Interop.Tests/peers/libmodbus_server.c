/* A Modbus server on libmodbus with known contents and a few registers that misbehave.
 *
 * Usage: libmodbus_server tcp ADDRESS PORT | libmodbus_server rtu DEVICE BAUD
 *
 * Unit 17. Prints "ready" when it listens; ends when standard input closes. One client at a time, as small devices have it.
 * Contents of address a: holding register 257a+11, input register 263a+5 (both modulo 65536), coil set if 7a+4 divides by 3,
 * discrete input set if 5a+1 divides by 3. A request that begins at one of the addresses below is treated badly. */
#include <errno.h>
#include <modbus.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { UNIT = 17, BITS = 64, REGISTERS = 512, PAUSE_LATE_US = 1500000, PAUSE_BYTE_US = 3000 };
enum { BUSY = 0x170, WRONG_ID, LATE, SINGLE_BYTES, SHORT_COUNT, WRONG_UNIT, HALF };

static int is_tcp;

static void *end_with_input(void *unused)
{
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0) {
    }
    exit(EXIT_SUCCESS);
    return unused;
}

static uint16_t crc_of(const uint8_t *bytes, int length)
{
    uint16_t crc = 0xFFFF;
    for (int i = 0; i < length; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc & 1 ? (crc >> 1) ^ 0xA001 : crc >> 1;
        }
    }
    return crc;
}

/* The reply to a read of registers, put together without libmodbus, for it has no way to send a part of one. */
static int compose(const uint8_t *query, int header, const uint16_t *registers, int count, uint8_t *reply)
{
    int at = header - 1;
    memcpy(reply, query, header);
    reply[at++] = UNIT;
    reply[at++] = query[header];
    reply[at++] = 2 * count;
    for (int i = 0; i < count; i++) {
        reply[at++] = registers[i] >> 8;
        reply[at++] = registers[i] & 0xFF;
    }
    if (is_tcp) {
        reply[4] = (at - 6) >> 8;
        reply[5] = (at - 6) & 0xFF;
        reply[6] = query[6];
    } else {
        uint16_t crc = crc_of(reply, at);
        reply[at++] = crc & 0xFF;
        reply[at++] = crc >> 8;
    }
    return at;
}

static void send_bytes(int descriptor, const uint8_t *bytes, int length, int step, int pause)
{
    for (int sent = 0; sent < length; sent += step) {
        if (write(descriptor, bytes + sent, step) != step) {
            return;
        }
        usleep(pause);
    }
}

/* Returns 0 when the connection is to be closed. */
static int answer(modbus_t *bus, uint8_t *query, int length, modbus_mapping_t *contents)
{
    uint8_t reply[MODBUS_MAX_ADU_LENGTH * 2];
    int header = modbus_get_header_length(bus);
    int function = query[header];
    int address = (query[header + 1] << 8) | query[header + 2];
    int count = (query[header + 3] << 8) | query[header + 4];
    if (function != MODBUS_FC_READ_HOLDING_REGISTERS || address < BUSY || address > HALF || count < 1 || count > 16) {
        return modbus_reply(bus, query, length, contents) >= 0 || is_tcp == 0;
    }
    switch (address) {
    case BUSY:
        modbus_reply_exception(bus, query, MODBUS_EXCEPTION_SLAVE_OR_SERVER_BUSY);
        break;
    case WRONG_ID:
        query[0] ^= 0x40;
        modbus_reply(bus, query, length, contents);
        break;
    case WRONG_UNIT:
        query[header - 1] = UNIT + 1;
        modbus_reply(bus, query, length, contents);
        break;
    case LATE:
        usleep(PAUSE_LATE_US);
        modbus_reply(bus, query, length, contents);
        break;
    case SHORT_COUNT:
        query[header + 4] = count - 1;
        modbus_reply(bus, query, length, contents);
        break;
    case SINGLE_BYTES:
        send_bytes(modbus_get_socket(bus), reply, compose(query, header, contents->tab_registers + address, count, reply), 1, PAUSE_BYTE_US);
        break;
    case HALF:
        send_bytes(modbus_get_socket(bus), reply, compose(query, header, contents->tab_registers + address, count, reply) / 2, 1, 0);
        return 0;
    }
    return 1;
}

static void serve(modbus_t *bus, modbus_mapping_t *contents)
{
    uint8_t query[MODBUS_MAX_ADU_LENGTH * 2];
    for (;;) {
        int length = modbus_receive(bus, query);
        if (length < 0 && (is_tcp || errno == EIO || errno == EBADF)) {
            return;
        }
        if (length > 0 && !answer(bus, query, length, contents) && is_tcp) {
            return;
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s tcp ADDRESS PORT | rtu DEVICE BAUD\n", argv[0]);
        return EXIT_FAILURE;
    }
    is_tcp = strcmp(argv[1], "tcp") == 0;
    modbus_t *bus = is_tcp ? modbus_new_tcp(argv[2], atoi(argv[3])) : modbus_new_rtu(argv[2], atoi(argv[3]), 'N', 8, 1);
    modbus_mapping_t *contents = modbus_mapping_new(BITS, BITS, REGISTERS, REGISTERS);
    for (int a = 0; a < REGISTERS; a++) {
        contents->tab_registers[a] = 257 * a + 11;
        contents->tab_input_registers[a] = 263 * a + 5;
    }
    for (int a = 0; a < BITS; a++) {
        contents->tab_bits[a] = (7 * a + 4) % 3 == 0;
        contents->tab_input_bits[a] = (5 * a + 1) % 3 == 0;
    }
    modbus_set_slave(bus, UNIT);
    int listener = is_tcp ? modbus_tcp_listen(bus, 1) : modbus_connect(bus);
    if (listener < 0) {
        fprintf(stderr, "%s: %s\n", argv[2], modbus_strerror(errno));
        return EXIT_FAILURE;
    }
    pthread_t watcher;
    pthread_create(&watcher, NULL, end_with_input, NULL);
    puts("ready");
    fflush(stdout);
    while (is_tcp) {
        modbus_tcp_accept(bus, &listener);
        serve(bus, contents);
        modbus_close(bus);
    }
    serve(bus, contents);
    return EXIT_FAILURE;
}
