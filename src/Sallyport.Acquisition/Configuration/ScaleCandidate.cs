namespace Sallyport.Acquisition.Configuration;

/// <summary>A point that may take its scale from another one, or be the scale of one.</summary>
/// <param name="Name">As configured.</param>
/// <param name="Group">Its poll group.</param>
/// <param name="Transform">What is done to its value.</param>
/// <param name="IsInteger">Whether the device has it as a whole number.</param>
public sealed record ScaleCandidate(string Name, string Group, ValueTransform Transform, bool IsInteger);
