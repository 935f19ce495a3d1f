namespace Sallyport.Ctl;

/// <summary>How the command ends.</summary>
internal enum ExitCode
{
    /// <summary>Everything is well.</summary>
    Good = 0,

    /// <summary>The command did its work, and the device, the plan or the batches have problems.</summary>
    Problems = 1,

    /// <summary>The command line is wrong, a file cannot be read, or a Watchdog cannot be asked: nothing was done.</summary>
    WrongUsage = 2,
}
