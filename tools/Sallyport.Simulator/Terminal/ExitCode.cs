namespace Sallyport.Simulator.Terminal;

/// <summary>How the simulator ends.</summary>
internal enum ExitCode
{
    /// <summary>In good order, and with a check: everything is accounted for.</summary>
    Good = 0,

    /// <summary>The check failed.</summary>
    CheckFailed = 1,

    /// <summary>The command line, the manifest or a program is wrong.</summary>
    Refused = 2,

    /// <summary>A port is taken.</summary>
    PortTaken = 3,

    /// <summary>A module died, or did not stop in good order.</summary>
    ModuleDied = 4,
}
