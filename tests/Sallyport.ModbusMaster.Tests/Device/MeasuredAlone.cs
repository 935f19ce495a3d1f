namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>Tests that measure memory or processor time of the whole process, and so run when no others do.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
