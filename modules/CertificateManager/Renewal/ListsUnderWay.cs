using Sallyport.Identity;
using Sallyport.Identity.Est;
using Sallyport.Identity.Revocation;

namespace Sallyport.CertificateManager.Renewal;

/// <summary>Waits for revocation lists that were never wanted before: they are fetched when a certificate of their authority is first seen, and a renewal need not fail for that.</summary>
internal sealed class ListsUnderWay(IRevocationCheck revocation, TimeProvider time)
{
    // Of the issuing authority, and then of the root.
    private const int MostLists = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks the enrolment server, and again each time that a list came which was missing.</summary>
    public async Task<EstOutcome> AskAsync(Func<Task<EstOutcome>> ask, CancellationToken cancellationToken)
    {
        for (var round = 0; ; round++)
        {
            var known = revocation.Generation;
            EstOutcome outcome = await ask();
            if (round == MostLists
                || revocation is NoRevocationLists
                || outcome is not EstOutcome.Untrusted { Verdict.Fault: CertificateFault.RevocationUnknown }
                || !await ComesAsync(known, cancellationToken))
            {
                return outcome;
            }
        }
    }

    private async Task<bool> ComesAsync(long known, CancellationToken cancellationToken)
    {
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable watch = revocation.OnChange(() => came.TrySetResult());
        if (revocation.Generation != known)
        {
            return true;
        }

        try
        {
            await came.Task.WaitAsync(Patience, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
