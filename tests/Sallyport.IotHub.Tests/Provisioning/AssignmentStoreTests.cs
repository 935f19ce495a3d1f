using Sallyport.IotHub.Provisioning;

namespace Sallyport.IotHub.Tests.Provisioning;

/// <summary>The last assignment over a restart.</summary>
public sealed class AssignmentStoreTests
{
    private static readonly HubAssignment Assignment = new("hub-1.azure-devices.net", "gateway-1");

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task What_was_saved_is_loaded_with_the_certificate_that_it_was_made_with()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        Assert.Equal((null, "", "Nothing is stored."), await rig.Store().LoadAsync(Over));
        Assert.Null(await rig.Store().SaveAsync(Assignment, "AB", Over));
        Assert.Equal((Assignment, "AB", ""), await rig.Store().LoadAsync(Over));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_assignment_of_another_scope_or_a_changed_one_is_not_used()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        await rig.Store().SaveAsync(Assignment, "AB", Over);
        Assert.True(ProvisioningTarget.TryCreate("0ne00000B0B", DeviceRig.Device, rig.Broker.Address.ToString(), out ProvisioningTarget? other));
        Assert.Null((await rig.Store(other).LoadAsync(Over)).Assignment);
        string file = Path.Combine(rig.Folder, "provisioning", "plan.bin");
        byte[] bytes = await File.ReadAllBytesAsync(file, Over);
        bytes[^40] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Over);
        Assert.Null((await rig.Store().LoadAsync(Over)).Assignment);
    }
}
