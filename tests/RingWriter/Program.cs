using Sallyport.RingWriter;

// A process of its own for the tests of the sealed ring: they kill it, crash it, and open what it holds open.
return args switch
{
    ["append", string path] => await AppendingWriter.RunAsync(path),
    ["hold", string path] => LockHolder.Run(path),
    ["place", string path] => await Placement.RunAsync(path),
    ["crash", "dumpable"] => CrashDummy.Run(isDumpable: true),
    ["crash", "undumpable"] => CrashDummy.Run(isDumpable: false),
    _ => 2,
};
