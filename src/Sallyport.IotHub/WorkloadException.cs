namespace Sallyport.IotHub;

/// <summary>The workload API refused, answered nonsense or did not answer.</summary>
public sealed class WorkloadException(string message, Exception? inner = null) : Exception(message, inner);
