namespace Responder.Storage.Tests;

public sealed class DataFolderTests : IDisposable
{
    private readonly string _path = TempFolder.Make();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task It_is_made_for_its_owner_alone_and_so_are_secret_files()
    {
        using var folder = await OpenAsync();

        await folder.WriteSecretAsync("first-sign-in", "http://127.0.0.1:5080/first/abc", Cancel);
        await folder.WriteSecretAsync("first-sign-in", "http://127.0.0.1:5080/first/def", Cancel);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("first-sign-in")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("responder.lock")));
        Assert.Equal("http://127.0.0.1:5080/first/def", await File.ReadAllTextAsync(folder.File("first-sign-in"), Cancel));
    }

    [Fact]
    public async Task A_second_one_is_told_who_has_it_and_where_that_answers()
    {
        using var folder = await OpenAsync();
        var silent = await Assert.ThrowsAsync<DataFolderInUseException>(OpenAsync);
        folder.Announce("http://127.0.0.1:5080");

        var failure = await Assert.ThrowsAsync<DataFolderInUseException>(OpenAsync);

        Assert.Equal(new FolderHolder(Environment.ProcessId, failure.Holder!.StartedAt, "http://127.0.0.1:5080"), failure.Holder);
        Assert.Contains($"process {Environment.ProcessId}", silent.Message, StringComparison.Ordinal);
        Assert.Contains("--server http://127.0.0.1:5080", failure.Message, StringComparison.Ordinal);
        Assert.Equal(failure.Holder, DataFolder.HolderOf(_path));
    }

    [Fact]
    public async Task A_folder_given_back_has_no_holder_and_can_be_taken_again()
    {
        Assert.Null(DataFolder.HolderOf(_path));
        (await OpenAsync()).Dispose();

        Assert.Null(DataFolder.HolderOf(_path));
        using var again = await OpenAsync();
        Assert.Equal(Environment.ProcessId, DataFolder.HolderOf(_path)!.Pid);
    }

    [Fact]
    public async Task A_lock_file_that_a_killed_process_left_is_no_obstacle()
    {
        Directory.CreateDirectory(_path);
        await File.WriteAllTextAsync(Path.Combine(_path, "responder.lock"), """{"pid":1,"started_at":"2026-01-01T00:00:00.000Z","address":"http://127.0.0.1:9"} and more""", Cancel);

        Assert.Null(DataFolder.HolderOf(_path));
        using var folder = await OpenAsync();

        Assert.Equal((Environment.ProcessId, null), (DataFolder.HolderOf(_path)!.Pid, DataFolder.HolderOf(_path)!.Address));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    private Task<DataFolder> OpenAsync() => DataFolder.OpenAsync(_path, TimeProvider.System, Cancel);
}
