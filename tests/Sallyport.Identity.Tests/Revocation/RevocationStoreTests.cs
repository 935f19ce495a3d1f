using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Identity.Revocation;
using Sallyport.Identity.Tests.Trust;

namespace Sallyport.Identity.Tests.Revocation;

public sealed class RevocationStoreTests : IDisposable
{
    private readonly TestPki _pki = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RevocationStore _store;

    public RevocationStoreTests()
    {
        _time.SetUtcNow(_pki.Now);
        _store = new RevocationStore(_time);
        _store.Watch(_pki.Issuing.Certificate);
    }

    public void Dispose()
    {
        _store.Dispose();
        _pki.Dispose();
    }

    [Fact]
    public void A_certificate_that_is_not_on_the_list_is_good_and_one_that_is_says_why_and_since_when()
    {
        X509Certificate2 device = _pki.Device(new Shape());
        Assert.IsType<RevocationListOutcome.Accepted>(Offer(1));
        Assert.IsType<RevocationAnswer.Good>(Ask(device));
        Assert.IsType<RevocationListOutcome.Accepted>(Offer(2, device));
        RevocationAnswer.Revoked revoked = Assert.IsType<RevocationAnswer.Revoked>(Ask(device));
        Assert.Equal(X509RevocationReason.KeyCompromise, revoked.Reason);
        Assert.Equal(_pki.Now.AddMinutes(-1), revoked.At);
    }

    [Fact]
    public void An_older_list_is_never_taken_again()
    {
        X509Certificate2 device = _pki.Device(new Shape());
        byte[] old = List(_pki.Issuing, 255);
        Assert.IsType<RevocationListOutcome.Accepted>(Offer(old));
        Assert.IsType<RevocationListOutcome.Accepted>(Offer(256, device));
        Assert.Equal(new RevocationListOutcome.Refused(RevocationListFault.NotNewer), Offer(old));
        Assert.IsType<RevocationAnswer.Revoked>(Ask(device));
    }

    [Fact]
    public void The_same_number_on_another_list_counts_only_if_that_is_newer()
    {
        byte[] first = List(_pki.Issuing, 5);
        Assert.IsType<RevocationListOutcome.Accepted>(Offer(first));
        Assert.IsType<RevocationListOutcome.Unchanged>(Offer(first));
        Assert.Equal(new RevocationListOutcome.Refused(RevocationListFault.NotNewer), Offer(5));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<RevocationListOutcome.Accepted>(Offer(_pki.Issuing.RevocationList(5, _pki.Now.AddMinutes(5), _pki.Now.AddDays(7))));
    }

    [Fact]
    public void A_list_that_another_key_signed_is_not_believed()
    {
        var forger = new PkiNode(_pki.Issuing.Certificate, _pki.NewKey(ECCurve.NamedCurves.nistP256));
        Assert.Equal(new RevocationListOutcome.Refused(RevocationListFault.BadSignature), Offer(List(forger, 9)));
    }

    [Fact]
    public void A_list_of_another_authority_of_the_same_name_is_not_ours()
    {
        PkiNode other = _pki.Authority(new Shape { Key = _pki.NewKey(ECCurve.NamedCurves.nistP256) });
        Assert.Equal(_pki.Issuing.Certificate.Subject, other.Certificate.Subject);
        Assert.IsType<RevocationListOutcome.Unclaimed>(Offer(List(other, 9)));
        _store.Watch(other.Certificate);
        Assert.IsType<RevocationListOutcome.Accepted>(Offer(List(other, 9)));
        Assert.IsType<RevocationAnswer.Unknown>(Ask(_pki.Device(new Shape())));
    }

    [Fact]
    public void An_authority_without_cRLSign_signs_no_lists()
    {
        PkiNode mute = _pki.Authority(new Shape { With = [TestPki.KeyUsage(X509KeyUsageFlags.KeyCertSign)] }, name: "CN=Mute");
        _store.Watch(mute.Certificate);
        Assert.Equal(new RevocationListOutcome.Refused(RevocationListFault.IssuerMayNotSign), Offer(List(mute, 1)));
    }

    [Fact]
    public void A_list_from_the_future_is_not_believed() => Assert.Equal(
        new RevocationListOutcome.Refused(RevocationListFault.NotYetValid), Offer(_pki.Issuing.RevocationList(1, _pki.Now.AddMinutes(1), _pki.Now.AddDays(7))));

    [Fact]
    public void A_list_of_an_RSA_authority_counts_too()
    {
        PkiNode rsa = _pki.Authority(new Shape { Key = _pki.NewRsa(2048) }, name: "CN=Test RSA");
        X509Certificate2 device = _pki.Device(new Shape(), rsa);
        _store.Watch(rsa.Certificate);
        Assert.IsType<RevocationListOutcome.Accepted>(Offer(List(rsa, 1)));
        Assert.IsType<RevocationAnswer.Good>(_store.Ask(device, rsa.Certificate, TimeSpan.Zero));
    }

    [Fact]
    public void An_overdue_list_proves_nothing_and_still_revokes()
    {
        X509Certificate2 device = _pki.Device(new Shape());
        X509Certificate2 other = _pki.Device(new Shape { Serial = Convert.FromHexString("5B0102030405060708090A0B0C0D0E0F") });
        Assert.IsType<RevocationListOutcome.Accepted>(Offer(1, device));
        _time.SetUtcNow(_pki.Now.AddDays(7));
        Assert.StartsWith("the list of 'CN=Test Issuing, O=Plant' was good until ", Assert.IsType<RevocationAnswer.Unknown>(Ask(other)).Why, StringComparison.Ordinal);
        Assert.IsType<RevocationAnswer.Revoked>(Ask(device));
        Assert.IsType<RevocationAnswer.Good>(_store.Ask(other, _pki.Issuing.Certificate, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_clock_that_was_set_back_proves_nothing()
    {
        Offer(1);
        var before = new FakeTimeProvider(_pki.Now.AddDays(-1));
        using var store = new RevocationStore(before);
        store.Watch(_pki.Issuing.Certificate);
        before.SetUtcNow(_pki.Now);
        Assert.True(RevocationList.TryRead(List(_pki.Issuing, 1), out RevocationList? list, out _));
        Assert.IsType<RevocationListOutcome.Accepted>(store.Offer(list));
        before.AdjustTime(_pki.Now.AddDays(-2));
        Assert.IsType<RevocationAnswer.Unknown>(store.Ask(_pki.Device(new Shape()), _pki.Issuing.Certificate, TimeSpan.Zero));
    }

    [Fact]
    public void A_list_on_the_shelf_answers_the_first_question_about_its_authority()
    {
        Assert.True(RevocationList.TryRead(List(_pki.Root, 1), out RevocationList? list, out _));
        Assert.IsType<RevocationListOutcome.Unclaimed>(_store.Offer(list));
        _store.Shelve([list]);
        Assert.IsType<RevocationAnswer.Good>(_store.Ask(_pki.Issuing.Certificate, _pki.Root.Certificate, TimeSpan.Zero));
    }

    [Fact]
    public void The_address_is_learned_from_the_first_certificate_and_the_list_is_wanted_at_once()
    {
        Task wanted = _store.Wanted;
        Assert.Equal("there is no list of 'CN=Test Issuing, O=Plant'", Assert.IsType<RevocationAnswer.Unknown>(Ask(_pki.Device(new Shape()))).Why);
        Assert.True(wanted.IsCompleted);
        Assert.Equal(new Uri("http://127.0.0.1/issuing.crl"), Assert.Single(_store.Authorities).Address);
    }

    [Fact]
    public void A_new_list_is_announced_until_the_announcement_is_ended()
    {
        int calls = 0;
        IDisposable subscription = _store.OnChange(() => calls++);
        Offer(1);
        Offer(1);
        Assert.Equal(1, calls);
        Assert.Equal(1, _store.Generation);
        subscription.Dispose();
        Offer(2);
        Assert.Equal(1, calls);
    }

    private static RevocationAnswer AskOf(RevocationStore store, X509Certificate2 certificate, PkiNode issuer) =>
        store.Ask(certificate, issuer.Certificate, TimeSpan.Zero);

    private RevocationAnswer Ask(X509Certificate2 certificate) => AskOf(_store, certificate, _pki.Issuing);

    private byte[] List(PkiNode authority, int number, params X509Certificate2[] revoked) =>
        authority.RevocationList(number, _pki.Now.AddMinutes(-1), _pki.Now.AddDays(7), revoked);

    private RevocationListOutcome Offer(int number, params X509Certificate2[] revoked) => Offer(List(_pki.Issuing, number, revoked));

    private RevocationListOutcome Offer(byte[] der)
    {
        Assert.True(RevocationList.TryRead(der, out RevocationList? list, out string reason), reason);
        return _store.Offer(list);
    }
}
