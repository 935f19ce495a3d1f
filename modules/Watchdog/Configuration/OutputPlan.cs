namespace Sallyport.Watchdog.Configuration;

/// <summary>One lamp or buzzer.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Role">What it tells.</param>
/// <param name="Target">What is switched.</param>
internal sealed record OutputPlan(string Name, OutputRole Role, OutputTarget Target);
