using Sallyport.Modbus;

namespace Sallyport.ModbusReader.Polling;

/// <summary>A request that a poll still has to make.</summary>
/// <param name="Read">The request.</param>
/// <param name="Division">What it is a part of, if a larger request was refused.</param>
/// <param name="Retry">What leaves quarantine if it is answered; null for the ordinary requests of a poll.</param>
internal readonly record struct OpenRead(PlannedRead Read, Division? Division = null, QuarantinedRead? Retry = null);
