using Sallyport.RingWriter;

// A process of its own for the tests of the sealed ring: they kill it, crash it, and open what it holds open.
return args switch
{
    ["append", string path] => await AppendingWriter.RunAsync(path),
    ["hold", string path] => LockHolder.Run(path, Console.Out),
    ["place", string path] => await Placement.RunAsync(path, Console.Out),
    ["crash", "dumpable"] => CrashDummy.Run(isDumpable: true, Console.Out),
    ["crash", "undumpable"] => CrashDummy.Run(isDumpable: false, Console.Out),
    _ => 2,
};
