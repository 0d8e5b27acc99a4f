using System.Text.Json;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Tests.Intake.Mapping;

public sealed class FieldMappingJsonTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var mapping = new FieldMapping(
            new Dictionary<string, LeadField> { ["your-name"] = LeadField.FirstName, ["menu \"12\""] = LeadField.JobTitle },
            new Dictionary<LeadField, string> { [LeadField.Campaign] = "Frühling" });

        var read = FieldMappingJson.Read(FieldMappingJson.Write(mapping));

        read.Fields.ShouldBe(mapping.Fields);
        read.Constants.ShouldBe(mapping.Constants);
    }

    [Fact]
    public void A_field_of_the_companys_own_is_named_by_its_key()
    {
        var mapping = FieldMapping.Guessed.Decide("a", "custom.rooms").Decide("b", "custom.gone").Decide("c", "interest").Decide("c", null);

        var read = FieldMappingJson.Read(FieldMappingJson.Write(mapping));

        (FieldMappingJson.Target(read, "A"), FieldMappingJson.Target(read, "b"), FieldMappingJson.Target(read, "c")).ShouldBe(("custom.rooms", "custom.gone", null));
        FieldMappingJson.Write(read.Offered(["rooms"])).ShouldBe("""{"fields":{"a":"custom.rooms"},"constants":{}}""");
    }

    [Theory]
    [InlineData("""{"fields":{"a":"job_title"}}""")]
    [InlineData("""{"fields":{"a":"JobTitle"}}""")]
    [InlineData("""{"a":"job title"}""")]
    [InlineData("""{"a":"JOB-TITLE","constants":{}}""")]
    public void Words_are_read_as_people_write_them(string json) => FieldMappingJson.Read(json).Fields["A"].ShouldBe(LeadField.JobTitle);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"fields":{"a":"wages"}}""")]
    [InlineData("""{"fields":{"a":"3"},"constants":{"wages":"x","campaign":7}}""")]
    [InlineData("""{"\ud800":"name"}""")]
    public void What_is_not_understood_is_guessed_again(string? stored)
    {
        var mapping = FieldMappingJson.Read(stored);

        mapping.Fields.ShouldBeEmpty();
        mapping.Constants.ShouldBeEmpty();
    }

    [Fact]
    public void What_somebody_sends_is_refused_with_its_place()
    {
        using var json = JsonDocument.Parse("""{"fields":{"a":"wages"},"constants":{"consent":"x"}}""");

        FieldMappingJson.Check(json.RootElement).Refusal!.Errors!.Keys.ShouldBe(["mapping.fields.a", "mapping.constants.consent"]);
    }
}
