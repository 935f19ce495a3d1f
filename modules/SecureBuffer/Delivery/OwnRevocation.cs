using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>Looks for our own certificate on the revocation lists of our own authorities: whoever refuses it does not say so.</summary>
internal sealed partial class OwnRevocation : IDisposable
{
    private readonly Lock _lock = new();
    private readonly RevocationStore _lists;
    private readonly ILogger<OwnRevocation> _logger;
    private readonly IDisposable _subscription;
    private IReadOnlyList<X509Certificate2> _refused = [];

    /// <summary>Listens to new lists until it is disposed.</summary>
    public OwnRevocation(RevocationStore lists, ILogger<OwnRevocation> logger)
    {
        (_lists, _logger) = (lists, logger);
        _subscription = lists.OnChange(LookAgain);
    }

    /// <summary>One sentence if the certificate, or an authority that is sent along with it, is on a list; null if none has it. A list that is out of date counts too.
    /// If none has it new lists are looked for, and what they say is logged when they come: the next refusal may be minutes away.</summary>
    public string? Find(DeviceCertificate own)
    {
        // Kept before it is asked: a list that comes in between is heard by one of the two.
        Keep([.. new[] { own.Leaf }.Concat(own.Intermediates).Select(one => X509CertificateLoader.LoadCertificate(one.RawDataMemory.Span))]);
        if (Find([own.Leaf, .. own.Intermediates]) is { } found)
        {
            Keep([]);
            return found;
        }

        _lists.LookNow();
        return null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _subscription.Dispose();
        Keep([]);
    }

    private string? Find(IReadOnlyList<X509Certificate2> chain)
    {
        for (var i = 0; i + 1 < chain.Count; i++)
        {
            if (_lists.Ask(chain[i], chain[i + 1], TimeSpan.Zero) is RevocationAnswer.Revoked revoked)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"our own certificate {chain[i].SerialNumber} of '{chain[i].Subject}' is revoked since {revoked.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} ({revoked.Reason}): if that is right, enrol the gateway anew");
            }
        }

        return null;
    }

    private void LookAgain()
    {
        lock (_lock)
        {
            if (Find(_refused) is { } found)
            {
                LogFound(found);
                Keep([]);
            }
        }
    }

    private void Keep(IReadOnlyList<X509Certificate2> refused)
    {
        lock (_lock)
        {
            foreach (X509Certificate2 one in _refused)
            {
                one.Dispose();
            }

            _refused = refused;
        }
    }

    [LoggerMessage(2115, LogLevel.Warning, "A new revocation list says why we were refused: {Reason}.")]
    private partial void LogFound(string reason);
}
