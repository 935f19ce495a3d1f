using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Manifests.Desired;
using Sallyport.Ctl.Manifests.Rules;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests.Building;

/// <summary>Which digests the images of a release have: <c>images.lock.json</c>, docs/formats/images-lock.md.</summary>
/// <param name="Modules">Images of this repository, by folder, and by folder with <c>.debug</c>.</param>
/// <param name="Images">Other images, by what a template says.</param>
internal sealed record ImageLock(ImmutableDictionary<string, LockedImage> Modules, ImmutableDictionary<string, LockedImage> Images)
{
    private static readonly Lazy<SchemaJudge> Schema = new(() => DesiredSchemas.Read("formats/images-lock-1.schema.json"));

    /// <summary>Reads a lock file.</summary>
    /// <param name="path">The file, for the complaint.</param>
    /// <param name="json">Its content.</param>
    /// <exception cref="WrongUsageException">It is none.</exception>
    public static ImageLock Read(string path, string json)
    {
        var root = new ManifestNode(Parse(path, json), "");
        Complaint? fault = Schema.Value.Judge(root).Concat(Digests(root)).FirstOrDefault();
        return fault is null
            ? new ImageLock(Section(root, "modules"), Section(root, "images"))
            : throw new WrongUsageException($"{path}: it is no lock file of images (docs/formats/images-lock.md): {(fault.Pointer.Length > 0 ? fault.Pointer + ": " : "")}{fault.Reason}");
    }

    private static JsonNode? Parse(string path, string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException notJson)
        {
            throw new WrongUsageException($"{path}: it is not JSON: {notJson.Message}");
        }
    }

    // The schema has had its say of the shape before anybody asks for this.
    private static IEnumerable<Complaint> Digests(ManifestNode root) =>
        from section in (string[])["modules", "images"]
        from image in root.Find(section)?.Members ?? []
        from digest in image.Node["digests"].Members
        where !ImageReference.IsDigest(digest.Node.AsText())
        select new Complaint(digest.Node.Pointer, "This digest was made up: nothing has a digest of one digit.");

    private static ImmutableDictionary<string, LockedImage> Section(ManifestNode root, string name) =>
        (root.Find(name)?.Members ?? []).ToImmutableDictionary(
            image => image.Name,
            image => new LockedImage(
                image.Node["image"].AsText(),
                image.Node["digests"].Members.ToImmutableSortedDictionary(digest => digest.Name, digest => digest.Node.AsText(), StringComparer.Ordinal)),
            StringComparer.Ordinal);
}
