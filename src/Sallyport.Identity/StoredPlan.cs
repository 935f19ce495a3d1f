namespace Sallyport.Identity;

/// <summary>The configuration that a module accepted last.</summary>
/// <param name="Version">The twin's desired version.</param>
/// <param name="Desired">The complete desired document, UTF-8 JSON, at most <see cref="PlanStore.MaxDocumentSizeInBytes"/>.</param>
public sealed record StoredPlan(long Version, ReadOnlyMemory<byte> Desired);
