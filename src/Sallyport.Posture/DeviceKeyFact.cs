namespace Sallyport.Posture;

/// <summary>A key of the gateway.</summary>
/// <param name="Key">What for.</param>
/// <param name="Protection"><c>hardware</c>, <c>token</c>, <c>wrapped</c> or <c>file</c>.</param>
/// <param name="IsSteppedDown">Whether it is not where it should be.</param>
public sealed record DeviceKeyFact(string Key, string Protection, bool IsSteppedDown);
