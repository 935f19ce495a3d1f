namespace Sallyport.Identity.Keys;

/// <summary>Where the TPM is and which of its places are ours.</summary>
/// <param name="Transport">The way to it.</param>
public sealed record TpmOptions(TpmTransport Transport)
{
    /// <summary>The first of four persistent handles in a row, one for each slot: 0x81000002 to 0x817ffffc.</summary>
    public uint FirstHandle { get; init; } = 0x81000010;

    /// <summary>The storage key that keys are made under; made when missing. The TCG keeps 0x81000001 for it.</summary>
    public uint ParentHandle { get; init; } = 0x81000001;

    /// <summary>Where tpm2-tools are: a full path, so that nobody's PATH puts another program in their place.</summary>
    public string ToolFolder { get; init; } = "/usr/bin";

    /// <summary>Takes the wrapped halves of a new key for the moment that it is made; the TPM alone can read them.</summary>
    public string WorkFolder { get; init; } = Path.GetTempPath();
}
