using Sallyport.Identity.OpcUa;
using Sallyport.Identity.Revocation;

namespace Sallyport.Identity.Tests.OpcUa;

public sealed class AuthorityDistributionTests : IDisposable
{
    private readonly OpcUaPlant _plant = new();

    public void Dispose() => _plant.Dispose();

    [Theory]
    [InlineData(OpcUaStore.Trusted, "trusted")]
    [InlineData(OpcUaStore.Issuer, "issuer")]
    public async Task An_authority_and_its_list_lie_where_the_publisher_looks_for_them(OpcUaStore store, string folder)
    {
        Assert.Equal(new DistributionOutcome.Done(true, true), await PutIssuingAsync(1, store));
        string stem = $"Plant issuing [{_plant.Plant.Issuing.Thumbprint}]";
        Assert.Equal([$"{folder}/certs/{stem}.der", $"{folder}/crl/{stem}.crl"], _plant.Files());
        byte[] stored = await File.ReadAllBytesAsync(Path.Combine(_plant.Stores.ListsOf(store), $"{stem}.crl"), OpcUaPlant.Stop);
        Assert.True(RevocationList.TryRead(stored, out RevocationList? list, out _));
        Assert.Equal(1, list.Number);
    }

    [Fact]
    public async Task A_root_that_is_pinned_is_distributed_too()
    {
        DistributionOutcome outcome = await _plant.Authorities.PutAsync(OpcUaStore.Issuer, _plant.Plant.Root, _plant.RootList(1), OpcUaPlant.Stop);
        Assert.Equal(new DistributionOutcome.Done(true, true), outcome);
    }

    [Fact]
    public async Task A_newer_list_takes_the_place_of_the_one_before_and_an_older_one_never_does()
    {
        await PutIssuingAsync(5);
        _plant.Plant.Time.Advance(TimeSpan.FromHours(1));
        RevocationList newer = _plant.IssuingList(6, _plant.Application());
        Assert.Equal(new DistributionOutcome.Done(false, true), await PutAsync(newer));
        Assert.Equal(new DistributionOutcome.Done(false, false), await PutAsync(newer));
        Assert.Equal(new DistributionOutcome.RefusedList(RevocationListFault.NotNewer), await PutIssuingAsync(5));
        byte[] stored = await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(_plant.Stores.ListsOf(OpcUaStore.Issuer))), OpcUaPlant.Stop);
        Assert.Equal(newer.RawData.ToArray(), stored);
    }

    [Fact]
    public async Task A_list_of_somebody_else_is_refused_and_nothing_is_written()
    {
        Assert.Equal(new DistributionOutcome.RefusedList(RevocationListFault.WrongIssuer), await PutAsync(_plant.RootList(1)));
        Assert.Empty(_plant.Files());
    }

    [Fact]
    public async Task An_authority_that_is_revoked_or_of_another_plant_is_refused()
    {
        _plant.RevokeIssuing();
        Assert.Equal(CertificateFault.Revoked, FaultOf(await PutIssuingAsync(1)));
        using var other = new OpcUaPlant();
        DistributionOutcome outcome = await _plant.Authorities.PutAsync(OpcUaStore.Trusted, other.Plant.Issuing, other.IssuingList(1), OpcUaPlant.Stop);
        Assert.NotNull(FaultOf(outcome));
        Assert.Equal(CertificateFault.NotAuthority, FaultOf(await _plant.Authorities.PutAsync(OpcUaStore.Trusted, _plant.Application(), _plant.IssuingList(1), OpcUaPlant.Stop)));
        Assert.Empty(_plant.Files());
    }

    [Theory]
    [InlineData(OpcUaStore.Own)]
    [InlineData(OpcUaStore.Rejected)]
    public async Task Authorities_go_into_no_other_store(OpcUaStore store) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => PutIssuingAsync(1, store));

    private static CertificateFault? FaultOf(DistributionOutcome outcome) => Assert.IsType<DistributionOutcome.RefusedAuthority>(outcome).Verdict.Fault;

    private Task<DistributionOutcome> PutAsync(RevocationList list) => _plant.Authorities.PutAsync(OpcUaStore.Issuer, _plant.Plant.Issuing, list, OpcUaPlant.Stop);

    private Task<DistributionOutcome> PutIssuingAsync(int number, OpcUaStore store = OpcUaStore.Issuer) =>
        _plant.Authorities.PutAsync(store, _plant.Plant.Issuing, _plant.IssuingList(number), OpcUaPlant.Stop);
}
