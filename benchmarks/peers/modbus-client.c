/* A libmodbus client: reads the same registers again and again, one request at a time, and prints how many milliseconds that took.
   Usage: modbus-client ADDRESS PORT REGISTERS READS */
#include <errno.h>
#include <modbus/modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "Usage: modbus-client ADDRESS PORT REGISTERS READS\n");
        return 2;
    }

    int count = atoi(argv[3]), reads = atoi(argv[4]);
    uint16_t data[MODBUS_MAX_READ_REGISTERS];
    modbus_t *bus = modbus_new_tcp(argv[1], atoi(argv[2]));
    if (bus == NULL || modbus_connect(bus) < 0 || modbus_set_slave(bus, 1) < 0) {
        fprintf(stderr, "modbus-client: %s\n", modbus_strerror(errno));
        return 1;
    }

    double started = now();
    for (int i = 0; i < reads; i++) {
        if (modbus_read_registers(bus, 0, count, data) != count) {
            fprintf(stderr, "modbus-client: %s\n", modbus_strerror(errno));
            return 1;
        }
    }

    printf("%.3f\n", now() - started);
    modbus_close(bus);
    modbus_free(bus);
    return 0;
}
