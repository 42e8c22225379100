Feature: Overrides
  A special rule goes before the general one: in everything that starts with the law that has it.

  Scenario Outline: the special law goes before the general one: <special>
    When I evaluate "uitkomst" of "<special>"
    Then output "uitkomst" equals 4
    # The general law by itself is as it was.
    When I evaluate "weken" of "<general>"
    Then output "weken" equals 6
    And output "weken" has direct provenance
    # The special rule may read what it takes the place of, and then gets the general value.
    When I evaluate "bedrag_uitkomst" of "<special>"
    Then output "bedrag_uitkomst" equals 15

    Examples:
      | special        | general       |
      | bijzonder_base | algemeen_base |
      | bijzonder      | algemeen      |

  Scenario: only where it starts with the special law
    When I evaluate "uitkomst" of "ver"
    Then output "uitkomst" equals 6

  Scenario Outline: two special rules for one output are an error that names both: <law>
    When I evaluate "uitkomst" of "<law>"
    Then the execution fails with "conflicting overrides"
    And the execution fails with "article 2 of law '<law>'"
    And the execution fails with "article 3 of law '<law>'"

    Examples:
      | law               |
      | tegenstrijdig_base |
      | tegenstrijdig     |

  Scenario: by v0.8.0 an output may be said not to arise, with the ground, and never as zero
    When I evaluate "uitkomst" of "vervalt"
    Then the execution fails with "does not arise"
    And the execution fails with "blijft buiten toepassing"

  Scenario: by v0.8.0 a law always goes before itself
    When I evaluate "dagen" of "eigen_afwijking"
    Then output "dagen" equals 7
    And output "dagen" has override provenance

  Scenario: asked from elsewhere, a law goes before itself by v0.8.0, and did not before
    When I evaluate "dagen" of "eigen_afwijking_base"
    Then output "dagen" equals 7
    When I evaluate outputs "dagen_oud, dagen_nieuw" of "ver_eigen"
    Then output "dagen_oud" equals 14
    And output "dagen_nieuw" equals 7
