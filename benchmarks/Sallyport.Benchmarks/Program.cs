using Sallyport.Benchmarks;
using Sallyport.Benchmarks.EtherNetIp;
using Sallyport.Benchmarks.Modbus;
using Sallyport.Benchmarks.Modules;
using Sallyport.Benchmarks.Ring;

return args switch
{
    ["endtoend", .. var rest] => await EndToEnd.RunAsync(rest, Console.Out),
    ["modbus", .. var rest] => await ModbusSubject.RunAsync(rest, Console.Out),
    ["eip", .. var rest] => await EtherNetIpSubject.RunAsync(rest, Console.Out),
    [ControllerProcess.Verb, var address] => await ControllerProcess.ServeAsync(address, Console.In, Console.Out),
    ["modules", .. var rest] => await ModulesSubject.RunAsync(rest, Console.Out),
    ["ring", .. var rest] => await RingSubject.RunAsync(rest, Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Usage: dotnet run -c Release --project benchmarks/Sallyport.Benchmarks -- SUBJECT [OPTIONS]

          endtoend [ROUNDS]   latency from plant to cloud and frames per second, through the simulator (default 3 rounds of 20 s)
          modbus [PART ...]   against libmodbus: sequential, pipelining, sparse, rtu, scale (default all; about four minutes)
          eip [PART ...]      tags of the simulated CompactLogix against st-ethernet-ip and, if LIBPLCTAG is its shared library, libplctag:
                              single, packed, arrays, latency, allocation (default all; about a minute and a half)
          modules [MODULE ...] each module alone, compiled ahead of time: size, memory, time to start (default all; about five minutes)
          ring [PART ...]     the sealed ring against SQLite and RocksDB: append, group, capacity, recovery, wear (default all; about five minutes)

        The last line of every subject is JSON.
        """);
    return 2;
}
