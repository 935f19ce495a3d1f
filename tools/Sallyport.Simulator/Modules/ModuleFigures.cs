namespace Sallyport.Simulator.Modules;

/// <summary>What a module takes, measured from outside.</summary>
/// <param name="Name">The module.</param>
/// <param name="BinaryMiB">Size of its program, MiB.</param>
/// <param name="ResidentIdleMiB">Resident memory when it was connected to edgeHub and had no plan yet, MiB.</param>
/// <param name="ResidentLoadMiB">Resident memory at the end of the run, MiB.</param>
/// <param name="StartMs">From the start of the process until it listened to edgeHub, milliseconds; nothing else was starting.</param>
internal sealed record ModuleFigures(string Name, double BinaryMiB, double ResidentIdleMiB, double ResidentLoadMiB, double StartMs);
