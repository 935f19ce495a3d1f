/* A bare libmodbus loop over the work of the scale run: once a second it reads all registers of all units behind all connections and decodes
   them as binary32 values. Prints the registers that it read and the processor time that it took in milliseconds.
   Usage: modbus-poll ADDRESS FIRST_PORT CONNECTIONS UNITS REGISTERS SECONDS */
#include <errno.h>
#include <modbus/modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

/* An even number, so that no value is split. */
enum { BLOCK = 124, MAX_CONNECTIONS = 64 };

static unsigned long long total;
static double sum;

static int read_unit(modbus_t *bus, int unit, int registers)
{
    uint16_t data[BLOCK];
    modbus_set_slave(bus, unit);
    for (int address = 0; address < registers; address += BLOCK) {
        int count = registers - address < BLOCK ? registers - address : BLOCK;
        if (modbus_read_registers(bus, address, count, data) != count) {
            return -1;
        }

        for (int i = 0; i + 1 < count; i += 2) {
            sum += modbus_get_float_abcd(data + i);
        }
        total += count;
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 7 || atoi(argv[3]) > MAX_CONNECTIONS) {
        fprintf(stderr, "Usage: modbus-poll ADDRESS FIRST_PORT CONNECTIONS UNITS REGISTERS SECONDS\n");
        return 2;
    }

    int connections = atoi(argv[3]), units = atoi(argv[4]), registers = atoi(argv[5]), seconds = atoi(argv[6]);
    modbus_t *buses[MAX_CONNECTIONS];
    for (int i = 0; i < connections; i++) {
        buses[i] = modbus_new_tcp(argv[1], atoi(argv[2]) + i);
        if (buses[i] == NULL || modbus_connect(buses[i]) < 0) {
            fprintf(stderr, "modbus-poll: %s\n", modbus_strerror(errno));
            return 1;
        }
    }

    struct timespec due;
    clock_gettime(CLOCK_MONOTONIC, &due);
    for (int second = 0; second < seconds; second++) {
        for (int i = 0; i < connections; i++) {
            for (int unit = 1; unit <= units; unit++) {
                if (read_unit(buses[i], unit, registers) < 0) {
                    fprintf(stderr, "modbus-poll: %s\n", modbus_strerror(errno));
                    return 1;
                }
            }
        }

        due.tv_sec++;
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
    }

    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
    printf("%llu %.1f\n", total, cpu);
    return sum == 0;
}
