/* A libmodbus server on a serial line, unit 1, 19,200 baud, even parity. It answers after the silence that ends a frame and a turnaround:
   libmodbus itself sees the end of a frame from its length, and would answer at once.
   Usage: modbus-rtu-server DEVICE ANSWER_AFTER_MICROSECONDS */
#include <errno.h>
#include <modbus/modbus.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>

enum { REGISTERS = 65536 };

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "Usage: modbus-rtu-server DEVICE ANSWER_AFTER_MICROSECONDS\n");
        return 2;
    }

    struct sched_param first = { .sched_priority = 10 };
    sched_setscheduler(0, SCHED_FIFO, &first);
    prctl(PR_SET_TIMERSLACK, 1);
    struct timespec pause = { .tv_sec = 0, .tv_nsec = atol(argv[2]) * 1000 };
    modbus_t *bus = modbus_new_rtu(argv[1], 19200, 'E', 8, 1);
    modbus_mapping_t *map = modbus_mapping_new(0, 0, REGISTERS, REGISTERS);
    if (bus == NULL || map == NULL || modbus_set_slave(bus, 1) < 0 || modbus_connect(bus) < 0) {
        fprintf(stderr, "modbus-rtu-server: %s: %s\n", argv[1], modbus_strerror(errno));
        return 1;
    }

    puts("ready");
    fflush(stdout);
    while (1) {
        uint8_t query[MODBUS_RTU_MAX_ADU_LENGTH];
        int length = modbus_receive(bus, query);
        if (length > 0) {
            nanosleep(&pause, NULL);
            modbus_reply(bus, query, length, map);
        } else if (length < 0 && errno != ETIMEDOUT && errno != EMBBADCRC) {
            return 0;
        }
    }
}
