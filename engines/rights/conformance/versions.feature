Feature: Versions
  Of all versions that have begun the newest counts. When that has ended the law is not in force: no older version comes
  back. The same day holds for the whole chain.

  Scenario Outline: on <day> the number is <number>
    Given the calculation date is "<day>"
    When I evaluate "getal" of "versies"
    Then output "getal" equals <number>
    When I evaluate "dubbel" of "versies_afnemer"
    Then output "dubbel" equals <double>

    Examples:
      | day        | number | double |
      | 2020-01-01 | 1      | 2      |
      | 2021-12-31 | 1      | 2      |
      | 2022-01-01 | 2      | 4      |
      | 2023-12-31 | 2      | 4      |

  Scenario Outline: on <day> the law is not in force, for itself nor for others
    Given the calculation date is "<day>"
    When I evaluate "getal" of "versies"
    Then the execution fails with "No version of law 'versies' in force on <day>"
    And the execution fails with "<why>"

    Examples:
      | day        | why                            |
      | 2019-12-31 | (not yet in force)             |
      | 2024-01-01 | ; last in force until 2023-12-31 |
      | 2030-01-01 | ; last in force until 2023-12-31 |

  Scenario: a law that asks a law that has ended
    Given the calculation date is "2024-01-01"
    When I evaluate "dubbel" of "versies_afnemer"
    Then the execution fails with "No version of law 'versies' in force on 2024-01-01; last in force until 2023-12-31"

  Scenario Outline: a version without a date counts until the first dated one: on <day> it is <number>
    Given the calculation date is "<day>"
    When I evaluate "getal" of "ongedateerd"
    Then output "getal" equals <number>

    Examples:
      | day        | number |
      | 1990-01-01 | 0      |
      | 2023-12-31 | 0      |
      | 2024-01-01 | 1      |
