Feature: Language lessons (an invented law)

  Background:
    Given parameter "bsn" is "999993653"
    And the following "brp" data with key "bsn":
      | bsn       | geboortedatum |
      | 999993653 | 2008-02-29    |

  Scenario Outline: Born on 29 February, eighteen on the 28th: in <gemeente> on <day>
    Given the calculation date is "<day>"
    And parameter "gemeente_code" is "<gemeente>"
    When I evaluate "heeft_recht_op_les" of "voorbeeldwet_taalles"
    Then the execution succeeds
    And output "heeft_recht_op_les" is <entitled>
    And output "bijdrage_per_week" equals <cents>

    Examples:
      | day        | gemeente | entitled | cents |
      | 2026-02-27 | GM9999   | false    | 700   |
      | 2026-02-28 | GM9999   | true     | 700   |
      | 2026-03-01 | GM9999   | true     | 1200  |
      | 2026-03-01 | GM0000   | true     | 700   |

  Scenario: A decision carries its term along
    Given the calculation date is "2026-03-01"
    And parameter "gemeente_code" is "GM9999"
    When I evaluate outputs "heeft_recht_op_les" of "voorbeeldwet_taalles"
    Then output "begint_uiterlijk_op" equals "2026-03-15"
    And output "begint_uiterlijk_op" has reactive provenance

  Scenario: Before the law is in force
    Given the calculation date is "2025-12-31"
    When I evaluate "heeft_recht_op_les" of "voorbeeldwet_taalles"
    Then the execution fails with "not yet in force"
