namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>Tests that look whether something is late by the real clock, and so run when no others do.</summary>
[CollectionDefinition(nameof(RealTime), DisableParallelization = true)]
public sealed class RealTime;
