Feature: Whole articles, and what is asked for
  Up to schema v0.5.6 an article runs as a whole, in the order of the file. From then on only what is asked for is computed.

  Scenario: all outputs of an article come back, and steps between need no declaration
    When I evaluate "nodig" of "geheel_base"
    Then output "nodig" equals 21
    And output "eerder" equals 21

  Scenario: asked for by name, only those come back
    When I evaluate outputs "nodig" of "geheel_base"
    Then the result contains exactly the outputs "nodig"

  Scenario: an error anywhere in the article ends the run
    When I evaluate "goed" of "geheel_base"
    Then the execution fails with "division by zero"

  Scenario: an output cannot be read before its action has run
    When I evaluate "vooruit" of "geheel_base"
    Then the execution fails with "achteraf"

  Scenario: what is computed twice goes by the last
    When I evaluate "opgeteld" of "geheel_base"
    Then output "opgeteld" equals 11
    When I evaluate "opgeteld" of "geheel"
    Then output "opgeteld" equals 11

  Scenario: on demand, an error elsewhere does not matter, nor does the order
    When I evaluate outputs "goed" of "geheel"
    Then output "goed" equals 1
    And the result contains exactly the outputs "goed"
    When I evaluate "fout" of "geheel"
    Then the execution fails with "division by zero"
    When I evaluate "vooruit" of "geheel"
    Then output "vooruit" equals 1
