using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sallyport.CertificateManager.Renewal;
using Sallyport.Identity;
using Sallyport.Identity.Est;
using Sallyport.Identity.Revocation;
using Sallyport.Simulator.Certificates;

namespace Sallyport.CertificateManager.Tests;

/// <summary>Revocation lists that are fetched when an authority is first seen, so that a first enrolment does not fail for them.</summary>
public sealed class ListsUnderWayTests : IDisposable
{
    private static readonly EstOutcome Unknown = new EstOutcome.Untrusted(new CertificateVerdict.Refused(CertificateFault.RevocationUnknown, "there is no list"));

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly CertificateAuthority _authority;
    private readonly RevocationStore _store;
    private int _asked;

    public ListsUnderWayTests()
    {
        _authority = new CertificateAuthority(_time, new Uri("http://127.0.0.1/"));
        _store = new RevocationStore(_time);
        _store.Watch(_authority.Root);
        _store.Watch(_authority.Issuing);
    }

    public void Dispose()
    {
        _store.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Each_list_that_comes_has_the_server_asked_again()
    {
        Task<EstOutcome> asking = new ListsUnderWay(_store, _time).AskAsync(AskAsync, Site.Token);
        foreach (X509Certificate2 authority in (X509Certificate2[])[_authority.Issuing, _authority.Root])
        {
            int before = Volatile.Read(ref _asked);
            Offer(authority);
            while (Volatile.Read(ref _asked) == before)
            {
                Site.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        Assert.IsType<EstOutcome.Pending>(await asking);

        Task<EstOutcome> AskAsync() =>
            Task.FromResult(Interlocked.Increment(ref _asked) < 3 ? Unknown : new EstOutcome.Pending(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_list_that_does_not_come_is_the_servers_fault_after_a_while()
    {
        Task<EstOutcome> asking = new ListsUnderWay(_store, _time).AskAsync(() => Task.FromResult(Unknown), Site.Token);
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Same(Unknown, await asking);
    }

    [Fact]
    public async Task Where_no_lists_are_kept_nobody_waits() =>
        Assert.Same(Unknown, await new ListsUnderWay(NoRevocationLists.Instance, _time).AskAsync(() => Task.FromResult(Unknown), Site.Token));

    private void Offer(X509Certificate2 authority)
    {
        byte[] der = _authority.RevocationLists.Values.Select(make => make()).First(list => list.AsSpan().IndexOf(authority.SubjectName.RawData) >= 0);
        Assert.True(RevocationList.TryRead(der, out RevocationList? list, out string reason), reason);
        Assert.IsType<RevocationListOutcome.Accepted>(_store.Offer(list));
    }
}
