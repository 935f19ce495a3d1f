namespace Sallyport.Ctl.Eip;

/// <summary>A value, or a row of values, that can be read on its own.</summary>
/// <param name="Tag">The tag, or a member of it.</param>
/// <param name="Type">The word of its type; null if the controller is to say.</param>
/// <param name="Elements">How many elements it has; 0 if it is no array.</param>
internal sealed record TagMember(string Tag, string? Type, int Elements);
