using Sallyport.Benchmarks;

return args switch
{
    ["endtoend", .. var rest] => await EndToEnd.RunAsync(rest, Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Usage: dotnet run -c Release --project benchmarks/Sallyport.Benchmarks -- SUBJECT [OPTIONS]

          endtoend [ROUNDS]   latency from plant to cloud and frames per second, through the simulator (default 3 rounds of 20 s)

        The last line of every subject is JSON.
        """);
    return 2;
}
