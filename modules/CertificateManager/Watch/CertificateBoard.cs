namespace Sallyport.CertificateManager.Watch;

/// <summary>What the last look found, for whoever asks. One writer, any number of readers.</summary>
internal sealed class CertificateBoard
{
    private volatile Survey _last = Survey.Empty;

    public Survey Last
    {
        get => _last;
        set => _last = value;
    }
}
