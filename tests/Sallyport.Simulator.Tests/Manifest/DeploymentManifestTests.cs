using Sallyport.Manifest;
using static Sallyport.Simulator.Tests.Manifest.Template;

namespace Sallyport.Simulator.Tests.Manifest;

public sealed class DeploymentManifestTests
{
    [Fact]
    public void A_module_is_read_with_its_environment_options_and_desired_properties()
    {
        var manifest = Parse(With(
            """
            "type":"docker","status":"running","startupOrder":3,"restartPolicy":"always",
            "env":{"A":{"value":"1"}},
            "settings":{"image":"${MODULES.Reader.amd64.debug}","createOptions":{"Env":["B=2=3"],"Cmd":["--fast"],
              "HostConfig":{"Binds":["/host/x:/data/x:rw"],"Mounts":[{"Type":"volume","Source":"v","Target":"/data/v/"},{"Type":"tmpfs","Target":"/t"}]}}}
            """,
            sections: """
            "Reader":{"properties.desired":{"points":{}}}
            """));
        var module = Assert.Single(manifest.Modules);
        Assert.Equal(("Reader", 3L), (module.Name, module.StartupOrder));
        Assert.Equal(new ModuleImage.Built("Reader", "amd64.debug"), module.Image);
        Assert.Equal("1", module.Environment["A"]);
        Assert.Equal("2=3", module.CreateOptions.Environment["B"]);
        Assert.Equal(["--fast"], module.CreateOptions.Arguments);
        Assert.Equal([new("/host/x", "/data/x"), new("v", "/data/v")], module.CreateOptions.Mounts);
        Assert.True(module.Desired.ContainsKey("points"));
    }

    [Fact]
    public void Create_options_may_be_text_in_pieces_as_in_a_deployed_manifest()
    {
        var manifest = Parse(With("""
            "type":"docker","status":"running","settings":{"image":"x","createOptions":"{\"Env\":[\"A=","createOptions01":"1\"]","createOptions02":"}"}
            """));
        Assert.Equal("1", manifest.Modules[0].CreateOptions.Environment["A"]);
        Assert.Equal(new ModuleImage.Pulled("x"), manifest.Modules[0].Image);
    }

    [Fact]
    public void Modules_start_in_their_order_and_stopped_ones_do_not()
    {
        var manifest = Parse(With(
            agent: """
            "schemaVersion":"1.1","systemModules":{"edgeAgent":{"env":{"UpstreamProtocol":{"value":"Mqtt"}}}}
            """,
            modules: """
            "Last":{"type":"docker","status":"running","settings":{"image":"a"}},
            "Never":{"type":"docker","status":"stopped","settings":{"image":"a"}},
            "First":{"type":"docker","status":"running","startupOrder":0,"settings":{"image":"a"}},
            """));
        Assert.Equal(["First", "Last", "Reader"], manifest.Modules.Select(module => module.Name));
        Assert.Equal("Mqtt", manifest.EdgeAgentEnvironment["UpstreamProtocol"]);
    }

    [Fact]
    public void Placeholders_are_replaced_everywhere_but_in_images_that_are_built()
    {
        var manifest = Parse(With(sections: """
            "Reader":{"properties.desired":{"a":["${KNOWN}","x ${KNOWN} y"]}}
            """));
        Assert.Equal("""["known value","x known value y"]""", manifest.Modules[0].Desired["a"]!.ToJsonString());
        Assert.Equal(new ModuleImage.Built("Reader", null), manifest.Modules[0].Image);
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("""{"a":1,"a":2}""", "")]
    [InlineData("{}", "")]
    [InlineData("[]", "")]
    [InlineData("""{"modulesContent":{}}""", "/modulesContent")]
    [InlineData("""{"modulesContent":{"$edgeAgent":{}}}""", "/modulesContent/$edgeAgent")]
    public void A_document_without_the_parts_of_a_manifest_is_refused(string json, string pointer) => Assert.Equal(pointer, Refused(json).Pointer);

    [Theory]
    [InlineData("\"type\":\"wasm\",\"status\":\"running\",\"settings\":{\"image\":\"a\"}", "/type")]
    [InlineData("\"type\":\"docker\",\"status\":\"asleep\",\"settings\":{\"image\":\"a\"}", "/status")]
    [InlineData("\"type\":\"docker\",\"status\":\"running\",\"settings\":{}", "/settings")]
    [InlineData("\"type\":\"docker\",\"status\":\"running\",\"settings\":{\"image\":7}", "/settings/image")]
    [InlineData("\"type\":\"docker\",\"status\":\"running\",\"startupOrder\":-1,\"settings\":{\"image\":\"a\"}", "/startupOrder")]
    [InlineData("\"type\":\"docker\",\"status\":\"running\",\"restartPolicy\":\"maybe\",\"settings\":{\"image\":\"a\"}", "/restartPolicy")]
    [InlineData("\"type\":\"docker\",\"status\":\"running\",\"env\":{\"A\":\"1\"},\"settings\":{\"image\":\"a\"}", "/env/A")]
    [InlineData("\"type\":\"docker\",\"status\":\"running\",\"settings\":{\"image\":\"a\",\"createOptions\":{\"Env\":[\"A\"]}}", "/settings/createOptions/Env/0")]
    [InlineData("\"type\":\"docker\",\"status\":\"running\",\"settings\":{\"image\":\"a\",\"createOptions\":\"{\"}", "/settings/createOptions")]
    [InlineData("\"type\":\"docker\",\"status\":\"running\",\"settings\":{\"image\":\"a\",\"createOptions\":{\"HostConfig\":{\"Binds\":[\"x\"]}}}", "/settings/createOptions/HostConfig/Binds/0")]
    [InlineData("\"type\":\"docker\",\"status\":\"running\",\"settings\":{\"image\":\"${UNKNOWN}\"}", "/settings/image")]
    public void A_fault_in_a_module_is_named_by_its_pointer(string module, string pointer) =>
        Assert.Equal("/modulesContent/$edgeAgent/properties.desired/modules/Reader" + pointer, Refused(With(module)).Pointer);

    [Fact]
    public void A_placeholder_without_value_names_itself_and_the_way_out() =>
        Assert.Contains("--set UNKNOWN=VALUE", Refused(With("\"type\":\"docker\",\"status\":\"running\",\"settings\":{\"image\":\"${UNKNOWN}\"}")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("2.0")]
    [InlineData("1.2")]
    [InlineData("one")]
    public void A_schema_that_edgeAgent_does_not_know_is_refused(string version) =>
        Assert.Equal("/modulesContent/$edgeAgent/properties.desired/schemaVersion", Refused(With(agent: $"\"schemaVersion\":\"{version}\"")).Pointer);

    [Fact]
    public void Desired_properties_without_a_module_are_refused() =>
        Assert.Equal("/modulesContent/Nobody", Refused(With(sections: "\"Nobody\":{\"properties.desired\":{}}")).Pointer);

    [Fact]
    public void A_slash_in_a_name_is_escaped_in_the_pointer() =>
        Assert.Equal("/modulesContent/a~1b~0c", Refused(With(sections: "\"a/b~c\":{}")).Pointer);
}
