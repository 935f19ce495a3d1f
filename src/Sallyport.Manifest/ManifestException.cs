namespace Sallyport.Manifest;

/// <summary>The deployment manifest cannot be used.</summary>
public sealed class ManifestException(string pointer, string reason) : Exception(pointer.Length == 0 ? reason : $"{pointer}: {reason}")
{
    /// <summary>JSON pointer (RFC 6901) of the place at fault; empty for the document as a whole.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>What is wrong there, without the pointer.</summary>
    public string Reason { get; } = reason;
}
