using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sallyport.Identity.Revocation;

namespace Sallyport.Hosting.Tests;

public sealed class RevocationFolderTests : IDisposable
{
    private readonly TestModule _module = new();

    public void Dispose() => _module.Dispose();

    [Theory]
    [InlineData("crl", true)]
    [InlineData("trust/crl", true)]
    [InlineData("../elsewhere/sallyport-crl", false)]
    public void A_folder_on_the_modules_own_volume_is_made_and_one_that_was_to_be_mounted_is_not(string path, bool isMade)
    {
        _module.Builder.Services.PostConfigure<EdgeModuleOptions>(options => options.RevocationFolder = Path.GetFullPath(Path.Combine(options.DataFolder, path)));
        RevocationOptions lists = _module.Host.Services.GetRequiredService<RevocationOptions>();
        Assert.Equal(_module.Host.Services.GetRequiredService<IOptions<EdgeModuleOptions>>().Value.RevocationFolder, lists.Folder);
        Assert.True(lists.Fetches);
        Assert.Equal(isMade, Directory.Exists(lists.Folder));
        Assert.IsType<RevocationStore>(_module.Host.Services.GetRequiredService<IRevocationCheck>());
    }

    [Fact]
    public void Without_a_folder_there_are_no_lists() => Assert.Same(NoRevocationLists.Instance, _module.Host.Services.GetRequiredService<IRevocationCheck>());
}
