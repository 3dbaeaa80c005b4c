using System.Text.Json;
using Approvals.Core.Organisation;

namespace Approvals.Core.Tests.Organisation;

public sealed class ParticipantRulesTests
{
    private readonly SmallBureau bureau = new();

    [Fact]
    public void Head_of_the_owning_section_is_chosen_with_the_reason()
    {
        var chosen = Assert.Single(bureau.Resolve(bureau.Applicant, "head@owner").People);

        Assert.Equal(bureau.RescueHead.Id, chosen.PersonId);
        Assert.Equal("救援协调处负责人（承办处室）", chosen.Why);
        Assert.Equal("head@owner", chosen.Spec);
    }

    [Fact]
    public void Every_section_concerned_with_the_specialty_gives_its_head()
    {
        var result = bureau.Resolve(bureau.Applicant, "head@concerned");

        Assert.Equal([bureau.HazchemHead.Id, bureau.IndustryHead.Id], result.People.Select(one => one.PersonId));
        Assert.Equal("危化处负责人（业务处室）", result.People[0].Why);
        Assert.True(result.IsComplete);
    }

    [Fact]
    public void A_concerned_section_without_a_head_is_reported_beside_those_that_have_one()
    {
        bureau.PostOf(bureau.IndustryHead).Until = SmallBureau.Today.AddDays(-1);

        var result = bureau.Resolve(bureau.Applicant, "head@concerned");

        Assert.Equal(bureau.HazchemHead.Id, Assert.Single(result.People).PersonId);
        Assert.Equal("工贸处没有在任的负责人", Assert.Single(result.Unresolved).Why);
        Assert.False(result.IsComplete);
    }

    [Theory]
    [InlineData("leader@owner", "林秀英")]
    [InlineData("handler@owner", "张伟")]
    [InlineData("rep@unit", "陈桂花")]
    [InlineData("head@section:hazchem", "李丽")]
    [InlineData("leader@section:rescue", "林秀英")]
    [InlineData("applicant", "刘志强")]
    [InlineData("starter", "刘志强")]
    public void A_spec_names_its_person(string spec, string name) =>
        Assert.Equal(name, Assert.Single(bureau.Resolve(bureau.Applicant, spec).People).Name);

    [Fact]
    public void Inactive_people_are_never_chosen()
    {
        bureau.RescueHead.IsActive = false;

        var result = bureau.Resolve(bureau.Applicant, "head@owner");

        Assert.Empty(result.People);
        Assert.Equal("head@owner", Assert.Single(result.Unresolved).Spec);
    }

    [Fact]
    public void Posts_count_from_their_first_to_their_last_day_inclusive()
    {
        var post = bureau.PostOf(bureau.RescueHead);
        post.From = SmallBureau.Today;
        post.Until = SmallBureau.Today;
        Assert.Single(bureau.Resolve(bureau.Applicant, "head@owner").People);

        post.From = SmallBureau.Today.AddDays(1);
        post.Until = null;
        Assert.Empty(bureau.Resolve(bureau.Applicant, "head@owner").People);
    }

    [Fact]
    public void A_closed_section_names_nobody()
    {
        bureau.Rescue.ClosedOn = SmallBureau.Today;

        Assert.Equal("承办处室已撤销", Assert.Single(bureau.Resolve(bureau.Applicant, "head@owner").Unresolved).Why);
    }

    [Fact]
    public void A_person_named_twice_is_chosen_once_with_both_reasons()
    {
        var chosen = Assert.Single(bureau.Resolve(bureau.Applicant, "head@owner", "head@section:rescue").People);

        Assert.Equal("救援协调处负责人（承办处室）；救援协调处负责人（指定处室）", chosen.Why);
        Assert.Equal("head@owner,head@section:rescue", chosen.Spec);
    }

    [Fact]
    public void A_head_who_applies_gives_way_to_the_leader_in_charge()
    {
        var chosen = Assert.Single(bureau.Resolve(bureau.RescueHead, "head@owner").People);

        Assert.Equal(bureau.Deputy.Id, chosen.PersonId);
        Assert.Equal("救援协调处负责人（承办处室）系申请人本人，由上级救援协调处分管领导代为办理", chosen.Why);
    }

    [Fact]
    public void A_handler_who_applies_gives_way_to_the_head() =>
        Assert.Equal(bureau.RescueHead.Id, Assert.Single(bureau.Resolve(bureau.Handler, "handler@owner").People).PersonId);

    [Fact]
    public void A_leader_who_applies_gives_way_to_the_principal_of_the_bureau() =>
        Assert.Equal(bureau.Director.Id, Assert.Single(bureau.Resolve(bureau.Deputy, "leader@owner").People).PersonId);

    [Fact]
    public void The_principal_of_the_bureau_who_applies_has_nobody_above()
    {
        bureau.Rescue.LeaderInChargeId = bureau.Director.Id;

        var result = bureau.Resolve(bureau.Director, "leader@owner");

        Assert.Empty(result.People);
        Assert.Contains("没有上级可以代为办理", Assert.Single(result.Unresolved).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_applicant_who_heads_a_concerned_section_never_decides_the_own_case()
    {
        var result = bureau.Resolve(bureau.HazchemHead, "head@concerned", "head@section:hazchem", $"person:{bureau.HazchemHead.Id}");

        Assert.DoesNotContain(result.People, one => one.PersonId == bureau.HazchemHead.Id);
        Assert.True(result.IsComplete);
    }

    [Fact]
    public void Colleagues_of_a_role_take_over_from_the_applicant()
    {
        bureau.Give(bureau.Handler, Roles.TrainingOfficer);
        bureau.Give(bureau.RescueHead, Roles.TrainingOfficer);

        var chosen = Assert.Single(bureau.Resolve(bureau.Handler, "role:training-officer").People);

        Assert.Equal(bureau.RescueHead.Id, chosen.PersonId);
        Assert.Equal("角色：培训考核经办", chosen.Why);
    }

    [Fact]
    public void The_only_holder_of_a_role_who_applies_gives_way_to_the_superior()
    {
        bureau.Give(bureau.Handler, Roles.TrainingOfficer);

        Assert.Equal(bureau.RescueHead.Id, Assert.Single(bureau.Resolve(bureau.Handler, "role:training-officer").People).PersonId);
    }

    [Fact]
    public void A_leader_in_charge_whose_post_has_ended_is_not_replaced_in_silence()
    {
        bureau.PostOf(bureau.Deputy).Until = SmallBureau.Today.AddDays(-1);

        Assert.Equal("救援协调处没有在任的分管领导", Assert.Single(bureau.Resolve(bureau.Applicant, "leader@owner").Unresolved).Why);
    }

    [Fact]
    public void A_section_without_a_leader_in_charge_falls_to_that_of_the_unit_above()
    {
        bureau.Rescue.LeaderInChargeId = null;

        Assert.Equal(bureau.Director.Id, Assert.Single(bureau.Resolve(bureau.Applicant, "leader@owner").People).PersonId);
    }

    [Fact]
    public void Who_decided_a_step_is_found_again()
    {
        var context = bureau.Context(bureau.Applicant) with
        {
            DecidersByActivity = new Dictionary<string, IReadOnlyList<Guid>> { ["vet"] = [bureau.HazchemHead.Id] },
        };

        Assert.Equal(bureau.HazchemHead.Id, Assert.Single(bureau.Resolve(context, "decider@vet").People).PersonId);
        Assert.Equal("环节“notice”尚无人办理", Assert.Single(bureau.Resolve(context, "decider@notice").Unresolved).Why);
    }

    [Theory]
    [InlineData("head@")]
    [InlineData("@owner")]
    [InlineData("chief@owner")]
    [InlineData("role:king")]
    [InlineData("person:nobody")]
    [InlineData("head@section:")]
    public void What_is_no_spec_is_reported(string spec)
    {
        Assert.Null(ParticipantSpec.TryParse(spec));
        Assert.Equal("无法识别的办理人设置", Assert.Single(bureau.Resolve(bureau.Applicant, spec).Unresolved).Why);
    }

    [Fact]
    public void A_step_without_people_is_reported() =>
        Assert.Equal("环节未设置办理人", Assert.Single(bureau.Resolve(bureau.Applicant).Unresolved).Why);

    [Fact]
    public void A_ring_in_the_tree_ends_the_search_for_a_superior()
    {
        bureau.Bureau.ParentId = bureau.Rescue.Id;
        bureau.Bureau.LeaderInChargeId = null;
        bureau.Rescue.LeaderInChargeId = null;

        Assert.Empty(bureau.Resolve(bureau.RescueHead, "head@owner").People);
    }

    [Fact]
    public void The_record_survives_as_json()
    {
        var result = bureau.Resolve(bureau.Applicant, "head@concerned", "role:finance");

        var read = JsonSerializer.Deserialize<ParticipantResolution>(JsonSerializer.Serialize(result))!;

        Assert.Equal(result.People, read.People);
        Assert.Equal(result.Unresolved, read.Unresolved);
    }
}
