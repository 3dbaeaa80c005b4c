using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Forms;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Tests.Forms;
using Approvals.Workflows;

namespace Approvals.Core.Tests.Fuzzing;

/// <summary>Spoilt inputs are refused in words or taken; a reader never fails otherwise. Seeds are printed with what they broke.</summary>
public sealed class ReaderFuzzTests
{
    private static readonly int Seed = Mutator.FirstSeed;

    private static readonly IReadOnlyList<string> Forms = Files("forms");

    private static readonly IReadOnlyList<string> Definitions =
        [.. Directory.GetFiles(Path.Combine(ShippedForms.Root, "workflows"), "workflow.json", SearchOption.AllDirectories).Select(File.ReadAllText)];

    private static readonly ActivityRegistry Registry = new(typeof(Approvals.Core.Processes.ProcessServices).Assembly);

    [Fact]
    public void A_spoilt_form_is_refused_in_words_or_checks_what_is_entered() => Each(Mutator.Rounds(1500, 100_000), mutator =>
    {
        var good = mutator.Pick(Forms);
        try
        {
            var json = mutator.Seed % 2 == 0 ? mutator.Document(JsonNode.Parse(good)!.AsObject()).ToJsonString() : mutator.Text(good);
            var form = FormDefinition.Parse("fuzz", json);
            FormValidator.Validate(form, FormMerge.Apply(form, [], ShippedForms.Complete(), ShippedForms.Context("apply")), ShippedForms.Context("apply"));
        }
        catch (FormDefinitionException)
        {
        }
    });

    [Fact]
    public void Spoilt_entries_are_refused_field_by_field() => Each(Mutator.Rounds(1500, 100_000), mutator =>
    {
        var submitted = mutator.Document(ShippedForms.Complete());
        var context = ShippedForms.Context("apply");
        var data = FormMerge.Apply(ShippedForms.Application, [], submitted, context);
        FormValidator.Validate(ShippedForms.Application, data, context);
        FormMerge.Visible(ShippedForms.Application, data, "head");
    });

    [Fact]
    public void A_spoilt_definition_is_refused_or_its_problems_are_listed() => Each(Mutator.Rounds(600, 40_000), mutator =>
    {
        var good = mutator.Pick(Definitions);
        try
        {
            var json = mutator.Seed % 2 == 0 ? mutator.Document(JsonNode.Parse(good)!.AsObject()).ToJsonString() : mutator.Text(good);
            new WorkflowCompiler().Compile(WorkflowDefinition.Parse(json), Registry);
        }
        catch (DefinitionFormatException)
        {
        }
        catch (JsonException)
        {
            // No JSON at all; the front doors say where.
        }
    });

    [Fact]
    public void A_spoilt_bank_file_is_refused_line_by_line()
    {
        var good = Encoding.UTF8.GetBytes(
            "明细编号,户名,账号,金额,处理结果,失败原因,银行流水号\r\nBF-2026-0001-00001,张三,6222****1234,1200.00,成功,,A1\r\n"
            + "BF-2026-0001-00002,李四,\"6222,****\",300.50,失败,\"账号\"\"错误\"\"\",A2\r\n");
        Each(Mutator.Rounds(5000, 500_000), mutator => ResultSheet.Read(mutator.Bytes(good), new ResultFileOptions()));
    }

    private static void Each(int rounds, Action<Mutator> act)
    {
        for (var round = 0; round < rounds; round++)
        {
            try
            {
                act(new Mutator(Seed + round));
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"seed {Seed + round}: {fault.GetType().Name}: {fault.Message}", fault);
            }
        }
    }

    private static IReadOnlyList<string> Files(string folder) =>
    [
        .. Directory.GetFiles(Path.Combine(ShippedForms.Root, "workflows"), "*.json", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == folder).Select(File.ReadAllText),
    ];
}
