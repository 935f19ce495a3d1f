using Sallyport.Identity;
using Sallyport.IotHub.Lifecycle;

namespace Sallyport.IotHub.Tests.Lifecycle;

public sealed class RefusalWatchTests
{
    private readonly RefusalWatch _watch = new();

    [Fact]
    public void Refusals_are_reported_at_the_third_and_at_each_doubling() =>
        Assert.Equal([3, 6, 12, 24], Enumerable.Range(0, 30).Select(_ => _watch.Unauthorized()).OfType<int>());

    [Fact]
    public void A_connection_that_came_up_ends_the_count()
    {
        _watch.Unauthorized();
        _watch.Unauthorized();
        _watch.Opened();

        Assert.Null(_watch.Unauthorized());
        Assert.Null(_watch.Unauthorized());
        Assert.Equal(3, _watch.Unauthorized());
    }

    [Fact]
    public void A_certificate_is_reported_when_its_fault_is_a_new_one()
    {
        Assert.True(_watch.Untrusted(CertificateFault.Expired));
        Assert.False(_watch.Untrusted(CertificateFault.Expired));
        Assert.True(_watch.Untrusted(CertificateFault.WrongName));
        _watch.Opened();
        Assert.True(_watch.Untrusted(CertificateFault.WrongName));
    }
}
