using Sallyport.Identity.Revocation;

namespace Sallyport.Identity.Tests.Revocation;

/// <summary>What a configuration may say of a link.</summary>
public sealed class RevocationPolicyTests
{
    [Fact]
    public void Each_word_is_a_policy()
    {
        Assert.Same(RevocationPolicy.Require.Instance, Read("require"));
        Assert.Same(RevocationPolicy.NonePublished.Instance, Read("none-published"));
        Assert.Equal(new RevocationPolicy.Grace(1), Read("grace:1"));
        Assert.Equal(TimeSpan.FromDays(30), Read("grace:720")!.StaleFor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Require")]
    [InlineData("when-listed")]
    [InlineData("off")]
    [InlineData("grace")]
    [InlineData("grace:")]
    [InlineData("grace:0")]
    [InlineData("grace:-1")]
    [InlineData("grace: 1")]
    [InlineData("grace:721")]
    [InlineData("grace:99999999999")]
    public void Everything_else_is_none(string text) => Assert.Null(Read(text));

    [Fact]
    public void Every_link_of_our_own_authority_and_every_controller_demands_proof_unless_somebody_says_otherwise() => Assert.All(
        [LinkProfile.Plc, LinkProfile.ForeignPlc, LinkProfile.Device, LinkProfile.EnrollingDevice, LinkProfile.EstServer, LinkProfile.OwnServer, LinkProfile.OwnAuthority],
        link => Assert.Same(RevocationPolicy.Require.Instance, link.Revocation));

    private static RevocationPolicy? Read(string text) => RevocationPolicy.TryRead(text, out RevocationPolicy? policy) ? policy : null;
}
