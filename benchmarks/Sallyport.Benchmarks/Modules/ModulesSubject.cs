using System.Text.Json.Nodes;

namespace Sallyport.Benchmarks.Modules;

/// <summary>What each module takes when it is alone with edgeHub: as eng/publish.sh compiled it, idle and connected.</summary>
internal static class ModulesSubject
{
    private const string Columns = "module              binary MiB   start ms (best)   idle: resident = anonymous + files + shared MiB   with its plan: resident (anonymous) MiB";

    /// <param name="arguments">Names of modules; none for all.</param>
    /// <param name="output">Where the figures go.</param>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        string repository = Manifest.FindRepository();
        try
        {
            Precedence.Take();
            await output.WriteLineAsync(Columns);
            var modules = new JsonObject();
            foreach (string module in arguments.Length == 0 ? Manifest.OurModules(repository) : arguments)
            {
                LoneFigures figures = await LoneModule.MeasureAsync(repository, module);
                await output.WriteLineAsync(figures.ToText(module));
                modules[module] = figures.ToJson();
            }

            await output.WriteLineAsync(new JsonObject { ["subject"] = "modules", ["starts"] = LoneModule.Starts, ["modules"] = modules }.ToJsonString());
            return 0;
        }
        catch (PreconditionException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}
