namespace Sallyport.Hosting.Health;

/// <summary>Something that a module must have before it can do its work.</summary>
/// <param name="Lack">What to say while it is not there, for example <c>no plan is in force yet</c>.</param>
/// <param name="IsMet">Cheap, and safe to call from any thread.</param>
/// <param name="Without">What the module is without it.</param>
internal sealed record HealthCondition(string Lack, Func<bool> IsMet, HealthState Without = HealthState.Starting);
